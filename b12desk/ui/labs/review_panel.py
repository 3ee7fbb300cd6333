"""The review before an import: a table of all rows, one question at a time, and Confirm."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from b12desk.desk import Desk
from b12desk.desk.labs import Import
from b12desk.domain.errors import WorldError
from b12desk.domain.questions import Question
from b12desk.importers.candidates import NO_SAMPLE_DATE
from b12desk.ui.labs.review_model import ReviewRow, columns, rows_of, summary
from b12desk.ui.labs.row_panel import RowPanel
from b12desk.ui.labs.unread_lines import UnreadLines
from b12desk.ui.table_model import RowsModel
from b12desk.ui.tokens import GAP
from b12desk.ui.widgets.buttons import Button
from b12desk.ui.widgets.date_field import DateField
from b12desk.ui.widgets.fields import ChipsField
from b12desk.ui.widgets.filter_table import FilterTable
from b12desk.ui.widgets.labels import Notice, label

DATE_WIDTH = 320


class ReviewPanel(QWidget):
    """Nothing is written here; it ends in `confirmed` or `dropped`.

    Signals:
        confirmed: the Import, with the person's word on its rows.
        dropped: nothing is to be written.
        again: another person of the file, or a sample date: (patient or None, day or None).
    """

    confirmed = Signal(object)
    dropped = Signal()
    again = Signal(object, object)

    def __init__(
        self, desk: Desk, looked: Import, patient: str | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._looked = looked
        self._patient = patient
        self.table = FilterTable(
            RowsModel(columns(desk.analytes, len(looked.files))), self.tr("Results to review")
        )
        self.table.sort(0)
        self.row_panel = RowPanel([(one.id, one.label) for one in desk.analytes.by_id.values()])
        self._build()
        self._connect()
        self._show_rows(rows_of(looked))

    @property
    def rows(self) -> list[ReviewRow]:
        """What is under review."""
        return self.table.model.rows

    def _show_rows(self, rows: list[ReviewRow]) -> None:
        place = self.table.view.currentIndex().row()
        self.table.model.set_rows(rows)
        if rows:
            self.table.view.selectRow(min(max(place, 0), self.table.proxy.rowCount() - 1))
        self._say()

    def _say(self) -> None:
        self.counts.setText(summary(self.rows))
        written = sum(row.writes for row in self.rows)
        settled = not self._looked.choose_patient and not self._file_questions()
        self.confirm.setEnabled(written > 0 and settled)
        words = self.tr("Write 1 result") if written == 1 else self.tr("Write {0} results").format(written)
        self.confirm.setText(words)
        self.confirm.setAccessibleName(words)
        yes_no = [row for row in self.rows if row.open and _is_yes_no(row)]
        self.keep_all.setVisible(len(yes_no) > 1)
        self.keep_all.setText(self.tr("Keep all {0} questions as printed").format(len(yes_no)))
        self._ask_about_file()
        self.row_panel.show_row(self.table.row)

    def _file_questions(self) -> list[Question]:
        return [question for one in self._looked.files for question in one.review.questions]

    def _ask_about_file(self) -> None:
        asked = self._file_questions()
        self.about_file.say(asked[0].text if asked else "")

    def _on_file_answer(self) -> None:
        """It is this person: the rows that only waited for that are written."""
        for one in self._looked.files:
            one.review.questions = ()
            for candidate in one.review.parsed.candidates:
                if candidate.state == "question" and not candidate.questions and candidate.accepted is None:
                    candidate.accepted = True
        self._show_rows(self.rows)

    def _on_row_answer(self, option: str) -> None:
        row = self.table.row
        if row is None:
            return
        row.candidate.answer(option)
        self._show_rows(self.rows)
        self._go_to_next_open()

    def _on_test(self, analyte_id: str) -> None:
        """An unknown test gets its name, in every row of it and in the laboratory's next file."""
        row = self.table.row
        if row is None:
            return
        try:
            self._desk.labs.assign(self._looked, row.candidate, analyte_id)
        except WorldError as problem:
            self.row_panel.test.complain(problem.message)
        else:
            self._show_rows(rows_of(self._looked))

    def _go_to_next_open(self) -> None:
        proxy = self.table.proxy
        start = max(self.table.view.currentIndex().row(), 0)
        for place in (*range(start, proxy.rowCount()), *range(start)):
            if proxy.row_at(proxy.index(place, 0)).open:
                self.table.view.selectRow(place)
                return

    def _on_keep_all(self) -> None:
        for row in self.rows:
            if row.open and _is_yes_no(row):
                for question in row.candidate.questions:
                    row.candidate.answer(question.options[0])
        self._show_rows(self.rows)

    def _on_patient(self) -> None:
        self.again.emit(self.patient.value, None)

    def _on_date(self) -> None:
        if self.sample_date.value is not None and self.sample_date.problem() is None:
            self.again.emit(self._patient, self.sample_date.value)
        else:
            self.sample_date.complain(self.sample_date.problem() or self.tr("Please give the day."))

    def _build(self) -> None:
        self._build_choices()
        self.counts = label("", "strong")
        self.keep_all = Button("")
        self.confirm = Button("", "primary")
        self.drop = Button(self.tr("Write nothing"))
        foot = QHBoxLayout()
        foot.setSpacing(GAP * 2)
        foot.addWidget(self.counts, 1)
        for button in (self.keep_all, self.drop, self.confirm):
            foot.addWidget(button)
        problems = [problem for one in self._looked.files for problem in one.review.parsed.problems]
        self.problems = Notice(
            " ".join(f"{one.where}: {one.what}" for one in problems[:3])
            + (self.tr(" And {0} more.").format(len(problems) - 3) if len(problems) > 3 else "")
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(GAP * 3)
        for part in (self.about_file, self.patient, self._date_line, self.problems):
            rows.addWidget(part)
        rows.addWidget(self.table, 1)
        rows.addWidget(UnreadLines(self._looked))
        rows.addWidget(self.row_panel)
        rows.addLayout(foot)

    def _build_choices(self) -> None:
        """What concerns a whole file: whose it is, and the day of its samples."""
        self.about_file = Notice()
        self.yes = Button(self.tr("Yes, the same person"))
        self.no = Button(self.tr("No, write nothing"))
        self.about_file.add_button(self.yes)
        self.about_file.add_button(self.no)
        patients = [
            patient
            for one in self._looked.files
            if len(one.review.parsed.patients) > 1
            for patient in one.review.parsed.patients
        ]
        self.patient = ChipsField(
            self.tr("The file has several people. Whose results are these?"),
            [(patient.number or patient.label, patient.label) for patient in patients],
            may_clear=False,
        )
        self.patient.set_value(self._patient)
        self.patient.setVisible(bool(patients))
        self.sample_date = DateField(
            self.tr("The file has no sample date. When was it taken?"), self._desk.today, past_only=True
        )
        self.sample_date.setFixedWidth(DATE_WIDTH)
        self.use_date = Button(self.tr("Use this day"))
        self._date_line = QWidget()
        across = QHBoxLayout(self._date_line)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.sample_date)
        across.addWidget(self.use_date)
        across.addStretch(1)
        undated = any(NO_SAMPLE_DATE in row.candidate.questions for row in rows_of(self._looked))
        self._date_line.setVisible(undated)

    def _connect(self) -> None:
        self.table.chosen.connect(self.row_panel.show_row)
        self.row_panel.answered.connect(self._on_row_answer)
        self.row_panel.assigned.connect(self._on_test)
        self.keep_all.clicked.connect(self._on_keep_all)
        self.yes.clicked.connect(self._on_file_answer)
        self.no.clicked.connect(self.dropped)
        self.patient.edited.connect(self._on_patient)
        self.use_date.clicked.connect(self._on_date)
        self.drop.clicked.connect(self.dropped)
        self.confirm.clicked.connect(lambda: self.confirmed.emit(self._looked))


def _is_yes_no(row: ReviewRow) -> bool:
    """Whether the row only asks to be kept as printed; two readings are chosen one by one."""
    questions = row.candidate.questions
    return bool(questions) and all(question.options == ("yes", "no") for question in questions)
