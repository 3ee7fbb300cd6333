"""Puts the look on the application: palette, font, style sheet; light or dark, switchable while it runs."""

from __future__ import annotations

from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication

from b12desk import paths
from b12desk.ui.tokens import BASE_TEXT, DARK, LIGHT, Tokens, TypeScale, style_values

FAMILY = "Inter"
HALF_LIGHT = 128

_SCHEMES = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}


class Theme(QObject):
    """The application's look.

    Signals:
        changed: the colours or the text size are others now; painted widgets have been told by Qt already.
    """

    changed = Signal()

    def __init__(self, app: QApplication, preference: str = "system", text_size: int = 100) -> None:
        super().__init__(app)
        self._app = app
        self._preference = preference
        self._text_size = text_size
        self._system_pixels = QFontInfo(app.font()).pixelSize()
        self._sheet = Template(paths.read_resource("styles/app.qss"))
        self.tokens = LIGHT
        _load_fonts()
        self._apply()
        app.styleHints().colorSchemeChanged.connect(self._follow)

    @property
    def preference(self) -> str:
        """`system`, `light` or `dark`."""
        return self._preference

    @property
    def scale(self) -> TypeScale:
        """The text sizes in force."""
        return TypeScale.of(round(max(BASE_TEXT, self._system_pixels) * self._text_size / 100))

    def choose(self, preference: str, text_size: int | None = None) -> None:
        """Change to `system`, `light` or `dark`, and the text size in per cent, at once."""
        self._preference = preference
        self._text_size = self._text_size if text_size is None else text_size
        self._apply()
        self.changed.emit()

    def _follow(self) -> None:
        if self._wanted() is not self.tokens:
            self._apply()
            self.changed.emit()

    def _wanted(self) -> Tokens:
        if self._preference == "system":
            return DARK if self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
        return DARK if self._preference == "dark" else LIGHT

    def _apply(self) -> None:
        hints = self._app.styleHints()
        hints.blockSignals(True)  # our own request must not come back as the desktop's
        hints.setColorScheme(_SCHEMES[self._preference])
        hints.blockSignals(False)
        self.tokens = self._wanted()
        scale = self.scale
        font = QFont(FAMILY)
        font.setPixelSize(scale.body)
        self._app.setFont(font)
        self._app.setPalette(palette_of(self.tokens))
        icons = (paths.resources() / "icons").as_posix()
        self._app.setStyleSheet(self._sheet.substitute(style_values(self.tokens, scale, icons)))


def tokens_now() -> Tokens:
    """The colours in force, for widgets that paint themselves.

    Read from the application's palette, so that nothing has to be passed in; a widget's own palette will not
    do, because a style sheet changes it.
    """
    dark = QApplication.palette().color(QPalette.ColorRole.Window).lightness() < HALF_LIGHT
    return DARK if dark else LIGHT


def palette_of(tokens: Tokens) -> QPalette:
    """The palette behind the style sheet: for painted widgets, native parts and the platform's dialogs."""
    role = QPalette.ColorRole
    palette = QPalette()
    for which, value in {
        role.Window: tokens.window,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.sunken,
        role.Button: tokens.surface,
        role.Text: tokens.text,
        role.WindowText: tokens.text,
        role.ButtonText: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Highlight: tokens.accent,
        role.HighlightedText: tokens.on_accent,
        role.Accent: tokens.accent,
        role.Link: tokens.accent_strong,
        role.ToolTipBase: tokens.text,
        role.ToolTipText: tokens.surface,
        role.Mid: tokens.line,
    }.items():
        palette.setColor(which, QColor(value))
    disabled = QPalette.ColorGroup.Disabled
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(disabled, which, QColor(tokens.muted))
    return palette


def _load_fonts() -> None:
    """Inter from the app's own files; without them the desktop's font stands in."""
    folder = paths.resources() / "fonts"
    for name in ("Inter-Regular.otf", "Inter-SemiBold.otf"):
        if (folder / name).is_file():
            QFontDatabase.addApplicationFont(str(folder / name))
