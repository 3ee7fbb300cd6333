"""Buttons in the roles that the style sheet knows; Enter presses every one of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QPushButton, QWidget

from b12desk.ui.icons import icon
from b12desk.ui.theme import tokens_now


class Button(QPushButton):
    """A button; roles are primary, link, chip, nav, back; none is the ordinary one.

    `icon_name` is drawn in the colour of its text and drawn anew when the theme changes.
    """

    def __init__(
        self,
        text: str,
        role: str = "",
        icon_name: str = "",
        *,
        shortcut: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._role = role
        self._icon_name = icon_name
        self.setProperty("role", role)
        self.setAutoDefault(True)
        self.setAccessibleName(text.replace("&", ""))
        if shortcut:
            self.setShortcut(shortcut)
            self.setToolTip(shortcut)
        if icon_name:
            self.setIconSize(QSize(18, 18))
            self._draw_icon()

    def _draw_icon(self) -> None:
        tokens = tokens_now()
        plain = {"primary": tokens.on_accent, "nav": tokens.muted, "back": tokens.muted}.get(
            self._role, tokens.accent_strong
        )
        on = tokens.accent_strong if self._role == "nav" else None
        self.setIcon(icon(self._icon_name, plain, on, self.iconSize().width()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if (
            event.type() == QEvent.Type.PaletteChange
            and self.property("role") is not None
            and self._icon_name
        ):
            self._draw_icon()
