"""The pages of the window, in the order of the navigation; each is imported when it is first visited."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from PySide6.QtCore import QCoreApplication

from b12desk.domain.records import Person
from b12desk.ui.page import Page, PageSpec, Surroundings


def _spec(page_id: str, title: str, class_name: str) -> PageSpec:
    def make(around: Surroundings, person: Person) -> Page:
        module = import_module(f"b12desk.ui.pages.{page_id}")
        return cast("Page", getattr(module, class_name)(around, person))

    return PageSpec(page_id, page_id, title, make)


def page_specs() -> tuple[PageSpec, ...]:
    """All pages; the last one stands apart at the bottom of the navigation."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("Navigation", text)

    return (
        _spec("today", tr("Today"), "TodayPage"),
        _spec("injections", tr("Injections"), "InjectionsPage"),
        _spec("symptoms", tr("Symptoms"), "SymptomsPage"),
        _spec("labs", tr("Labs"), "LabsPage"),
        _spec("trends", tr("Trends"), "TrendsPage"),
        _spec("report", tr("Report"), "ReportPage"),
        _spec("settings", tr("Settings"), "SettingsPage"),
    )
