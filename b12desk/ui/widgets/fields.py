"""Labelled fields that are checked as one types; the complaint stands below the field, in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.choice_chips import ChoiceChips
from b12desk.ui.widgets.labels import label

Check = Callable[[str], str]
"""Gives the words that echo what was understood; raises ValueError with what is wrong."""


class Field(QWidget):
    """A label, an editor, and a line below that echoes or complains.

    Signals:
        edited: the person changed the value.
    """

    edited = Signal()

    def __init__(
        self, title: str, editor: QWidget, *, optional: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP)
        self.title = label(f"{title} ({self.tr('optional')})" if optional else title, "field")
        self.title.setBuddy(editor)
        self.below = label("", "small", wrap=True)
        self.below.hide()
        rows.addWidget(self.title)
        rows.addWidget(editor)
        rows.addWidget(self.below)
        editor.setAccessibleName(title)
        self.setFocusProxy(editor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def problem(self) -> str | None:
        """What is wrong with what is typed now, or None."""
        return None

    def complain(self, text: str) -> None:
        """Say below the field what is wrong; an empty text takes the complaint away."""
        self._say(text, wrong=bool(text))

    def echo(self, text: str) -> None:
        """Say below the field how it was understood."""
        self._say(text, wrong=False)

    def calm(self) -> None:
        """Take a complaint away and echo again what is typed."""
        self.echo("")

    def take_focus(self) -> None:
        """Put the cursor here."""
        self.editor.setFocus()

    def _say(self, text: str, wrong: bool) -> None:
        self.below.setText(text)
        self.below.setVisible(bool(text))
        self.below.setProperty("role", "error" if wrong else "small")
        self.editor.setProperty("wrong", wrong)
        self.editor.setAccessibleDescription(text)
        for widget in (self.below, self.editor):
            widget.style().unpolish(widget)
            widget.style().polish(widget)


class TextField(Field):
    """One line of text; `check` looks at every change."""

    def __init__(
        self,
        title: str,
        *,
        check: Check | None = None,
        placeholder: str = "",
        optional: bool = False,
        required: bool = False,
        longest: int = 200,
        parent: QWidget | None = None,
    ) -> None:
        self.line = QLineEdit()
        self.line.setMaxLength(longest)
        self.line.setPlaceholderText(placeholder)
        super().__init__(title, self.line, optional=optional, parent=parent)
        self._check = check
        self._required = required
        self.line.textEdited.connect(self._on_edited)

    @property
    def text(self) -> str | None:
        """What is typed without blanks around it; None when there is nothing."""
        return self.line.text().strip() or None

    def set_text(self, text: str | None) -> None:
        """Put a text in, and its echo below."""
        self.line.setText(text or "")
        self._show_state()

    def problem(self) -> str | None:
        if self.text is None:
            return self.tr("Please fill this in.") if self._required else None
        try:
            self._understood()
        except ValueError as error:
            return str(error)
        return None

    def calm(self) -> None:
        self._show_state()

    def _understood(self) -> str:
        return self._check(self.line.text().strip()) if self._check else ""

    def _on_edited(self) -> None:
        self._show_state()
        self.edited.emit()

    def _show_state(self) -> None:
        if self.text is None:
            self.echo("")
            return
        try:
            self.echo(self._understood())
        except ValueError as error:
            self.complain(str(error))


class NoteField(Field):
    """A few lines of free text."""

    def __init__(self, title: str, *, placeholder: str = "", parent: QWidget | None = None) -> None:
        self.area = QPlainTextEdit()
        self.area.setPlaceholderText(placeholder)
        self.area.setTabChangesFocus(True)
        self.area.setFixedHeight(GAP * 18)
        super().__init__(title, self.area, optional=True, parent=parent)
        self.area.textChanged.connect(self.edited)

    @property
    def text(self) -> str | None:
        """The note, or None."""
        return self.area.toPlainText().strip() or None

    def set_text(self, text: str | None) -> None:
        """Put a note in without counting it as typed."""
        self.area.blockSignals(True)
        self.area.setPlainText(text or "")
        self.area.blockSignals(False)


class ListField(Field):
    """One of a list, in a drop-down; with `optional` or `empty` the first entry stands for none."""

    def __init__(
        self,
        title: str,
        choices: Sequence[tuple[str, str]],
        *,
        optional: bool = False,
        empty: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self.box = QComboBox()
        super().__init__(title, self.box, optional=optional, parent=parent)
        self._empty = empty or ("–" if optional else "")
        self.set_choices(choices)
        self.box.activated.connect(lambda _index: self.edited.emit())

    def set_choices(self, choices: Sequence[tuple[str, str]]) -> None:
        """Pairs of value and text; the value that was chosen stays chosen if it is still there."""
        before = self.value if self.box.count() else None
        self.box.clear()
        if self._empty:
            self.box.addItem(self._empty, None)
        for value, text in choices:
            self.box.addItem(text, value)
        self.set_value(before)

    @property
    def value(self) -> str | None:
        """The choice, or None."""
        return self.box.currentData()

    def set_value(self, value: str | None) -> None:
        """Choose without a signal; a value that is not there chooses the first."""
        self.box.setCurrentIndex(max(0, self.box.findData(value)))


class ChipsField(Field):
    """One of a few, as chips."""

    def __init__(
        self,
        title: str,
        choices: Sequence[tuple[str, str]],
        *,
        optional: bool = False,
        may_clear: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        self.chips = ChoiceChips(choices, may_clear=may_clear)
        super().__init__(title, self.chips, optional=optional, parent=parent)
        self.chips.chosen.connect(lambda _value: self.edited.emit())

    @property
    def value(self) -> str | None:
        """The choice, or None."""
        return self.chips.value

    def set_value(self, value: str | None) -> None:
        """Choose without a signal."""
        self.chips.choose(value)
