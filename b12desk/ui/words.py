"""Words for the codes of records, as the window shows them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from b12desk.domain.wording import MONTHS

ROUTES = ("IM", "SC", "deep_SC", "other")
SITES = ("thigh", "upper arm", "buttock", "hip", "belly")
REACTIONS = ("soreness", "redness", "bruise", "swelling", "itching")


def tr(text: str) -> str:
    """A word in the person's language."""
    return QCoreApplication.translate("Words", text)


def table_day(day: date) -> str:
    """ "5 Jan 2026": short enough for a column."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def route_words(route: str) -> str:
    """ "IM" gives "into the muscle (IM)"."""
    words = {
        "IM": tr("into the muscle (IM)"),
        "SC": tr("under the skin (SC)"),
        "deep_SC": tr("deep under the skin"),
        "other": tr("other"),
    }
    return words.get(route, route)


def route_choices() -> list[tuple[str, str]]:
    """The routes with their words."""
    return [(route, route_words(route)) for route in ROUTES]


def side_choices() -> list[tuple[str, str]]:
    """Left and right."""
    return [("left", tr("left")), ("right", tr("right"))]


def site_choices() -> list[tuple[str, str]]:
    """The usual places of an injection; others can be typed."""
    return [(site, tr(site)) for site in SITES]


def reason_words(reason: str) -> str:
    """Why a planned injection was not given."""
    words = {
        "missed": tr("missed"),
        "postponed": tr("postponed by the clinic"),
        "given_elsewhere": tr("given elsewhere"),
        "unknown": tr("not known"),
    }
    return words.get(reason, reason)
