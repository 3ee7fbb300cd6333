"""The look as numbers: colours for light and dark, the type scale, the spacing grid, control sizes."""

from __future__ import annotations

from dataclasses import dataclass, fields

GAP = 4
"""The grid's unit in pixels; distances are 1, 2, 3, 4, 6 or 8 of them."""

TARGET = 36
"""Height of a button or field in pixels: large enough for unsteady fingers."""

CELL = 34
"""Side of one score cell in pixels."""

BASE_TEXT = 15
"""Body text in pixels where the desktop asks for less."""


@dataclass(frozen=True)
class Tokens:
    """The colours of one theme, as `#rrggbb`.

    Text on its background has a contrast of 4.5 or more, control outlines of 3 or more.
    """

    dark: bool
    window: str
    surface: str
    sunken: str
    line: str
    outline: str
    scroll: str
    text: str
    muted: str
    accent: str
    accent_strong: str
    accent_soft: str
    on_accent: str
    notice: str
    notice_soft: str


LIGHT = Tokens(
    dark=False,
    window="#f3f5f7",
    surface="#ffffff",
    sunken="#f1f4f6",
    line="#e0e6ea",
    outline="#84949f",
    scroll="#c3cdd3",
    text="#16232c",
    muted="#53646f",
    accent="#0b6e6b",
    accent_strong="#085856",
    accent_soft="#e0f0ef",
    on_accent="#ffffff",
    notice="#74520d",
    notice_soft="#fbf3e0",
)

DARK = Tokens(
    dark=True,
    window="#0f171c",
    surface="#172127",
    sunken="#1f2b32",
    line="#2a3840",
    outline="#6f838d",
    scroll="#42545e",
    text="#e8eef1",
    muted="#a5b4bc",
    accent="#4fc3ba",
    accent_strong="#74d6ce",
    accent_soft="#163a3a",
    on_accent="#04201f",
    notice="#e9bf74",
    notice_soft="#30281a",
)

PERSON_COLOURS: dict[str, tuple[str, str]] = {
    "teal": ("#0b6e6b", "#4fc3ba"),
    "plum": ("#86417d", "#d193c8"),
    "amber": ("#a86400", "#e5ac52"),
    "blue": ("#2a62ad", "#82b3ef"),
    "olive": ("#63701c", "#b7c46b"),
    "rose": ("#b0456a", "#eb97b2"),
}
"""The dot beside a person's name, for light and dark; the names are those of `Person.colour`."""


@dataclass(frozen=True)
class TypeScale:
    """Text sizes in pixels, all from the body size."""

    small: int
    body: int
    lead: int
    title: int
    page: int
    figure: int

    @classmethod
    def of(cls, body: int) -> TypeScale:
        """The scale for a body size in pixels."""
        return cls(
            small=round(body * 0.87),
            body=body,
            lead=round(body * 1.13),
            title=round(body * 1.27),
            page=round(body * 1.73),
            figure=round(body * 2.4),
        )


def style_values(tokens: Tokens, scale: TypeScale, icons: str) -> dict[str, str]:
    """What the style sheet's placeholders stand for; `icons` is the icon folder with forward slashes."""
    colours = {
        field.name: str(getattr(tokens, field.name)) for field in fields(tokens) if field.name != "dark"
    }
    sizes = {f"text_{field.name}": f"{getattr(scale, field.name)}px" for field in fields(scale)}
    grid = {f"gap{step}": f"{GAP * step}px" for step in (1, 2, 3, 4, 6, 8)}
    check = "check-dark" if tokens.dark else "check"
    return colours | sizes | grid | {"target": f"{TARGET - 2}px", "icons": icons, "check": check}


def person_colour(name: str, tokens: Tokens) -> str:
    """The colour of a person's dot; an unknown name gets the accent."""
    light, dark = PERSON_COLOURS.get(name, (tokens.accent, tokens.accent))
    return dark if tokens.dark else light
