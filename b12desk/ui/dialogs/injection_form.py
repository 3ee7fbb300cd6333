"""The injection form: filled from the plan and the last one, so that most often Save is all that is left."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, InjectionDraft, Outcome
from b12desk.domain.errors import WorldError
from b12desk.domain.questions import Answers
from b12desk.domain.records import Person, Precision
from b12desk.domain.schedule import Occurrence
from b12desk.domain.wording import short_day
from b12desk.ui import words
from b12desk.ui.form import Form
from b12desk.ui.widgets.amounts import dose_in_words, volume_in_words
from b12desk.ui.widgets.card import Card
from b12desk.ui.widgets.date_field import DateField, ExpiryField, TimeField
from b12desk.ui.widgets.fields import ChipsField, ListField, NoteField, TextField
from b12desk.ui.widgets.labels import label
from b12desk.ui.widgets.rows import row

EXTRA: Final = "none"
BY_RULE = ""


class InjectionForm(Form):
    """Logs one injection, and what was felt at the site if something was."""

    def __init__(
        self, desk: Desk, person: Person, occurrence: Occurrence | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(self.tr("Log an injection"), parent=parent)
        self._desk = desk
        self._person = person
        self._last = desk.injections.last(person.id)
        self._build_when(occurrence)
        self._build_what()
        self._build_where()
        self._build_details()
        self.show_draft(desk.injections.injection_draft(person.id, occurrence))
        self.changed_by_typing()

    def write(self, answers: Answers) -> Outcome:
        self._hint.hide()  # from here on it is a question with buttons
        return self._desk.injections.log_injection(self._person.id, self.draft(), answers)

    def draft(self) -> InjectionDraft:
        """What is typed now."""
        at = self.time.value
        precision: Precision = "approximate" if self.about.value == "yes" else "minute" if at else "day"
        return InjectionDraft(
            on=self._day(),
            at=at,
            precision=precision,
            product_id=self.product.value,
            dose=self.dose.text,
            volume=self.volume.text,
            route=self.route.value,
            site=self.site.value or self.other_site.text,
            side=self.side.value,
            needle=self.needle.text,
            given_by=self.given_by.text,
            lot=self.lot.text,
            expiry=self.expiry.value,
            note=self.note.text,
            tags=tuple(tag.strip() for tag in (self.tags.text or "").split(",") if tag.strip()),
            answers=self._answers(),
            reaction=self.reaction.value,
        )

    def changed_by_typing(self) -> None:
        """Say early what will be asked; the answer is only wanted at Save."""
        try:
            questions = self._desk.injections.questions_for(self._person.id, self.draft())
        except WorldError as error:
            self._hint.setText(error.message)
        else:
            self._hint.setText(" ".join(question.text for question in questions))
        self._hint.setVisible(bool(self._hint.text()))

    def _day(self) -> date:
        return self.day.value or self._desk.today()

    def _answers(self) -> date | Literal["none"] | None:
        named = self.planned.value
        if named == EXTRA:
            return EXTRA
        return date.fromisoformat(named) if named else None

    def show_draft(self, draft: InjectionDraft) -> None:
        """Fill the fields."""
        about = draft.precision == "approximate"
        self.about.set_value("yes" if about else "no")
        self.tags.set_text(", ".join(draft.tags))
        self.day.set_value(draft.on)
        self.time.set_value(draft.at)
        self.product.set_value(draft.product_id)
        self.dose.set_text(draft.dose)
        self.volume.set_text(draft.volume)
        self.route.set_value(draft.route)
        self.site.set_value(draft.site)
        self.side.set_value(draft.side)
        self.needle.set_text(draft.needle)
        self.given_by.set_text(draft.given_by)
        self.lot.set_text(draft.lot)
        self.expiry.set_value(draft.expiry)
        self.note.set_text(draft.note)
        named = draft.answers
        self.planned.set_value(named.isoformat() if isinstance(named, date) else named or BY_RULE)

    def _build_when(self, occurrence: Occurrence | None) -> None:
        card = Card()
        self.day = DateField(self.tr("Day"), self._desk.today, past_only=True, required=True)
        self.time = TimeField(self.tr("Time"))
        self.about = ChipsField(
            self.tr("How sure is the day?"), [("no", self.tr("sure")), ("yes", self.tr("about"))]
        )
        self.about.set_value("no")
        self.planned = ListField(self.tr("Which planned one is it?"), self._planned_choices(occurrence))
        for name, field in (
            ("on", self.day),
            ("at", self.time),
            ("precision", self.about),
            ("answers", self.planned),
        ):
            self.add_field(name, field)
        card.body.addLayout(row(self.day, self.time, stretch=(3, 2)))
        card.body.addLayout(row(self.planned, self.about, stretch=(3, 2)))
        self.body.addWidget(card)

    def _planned_choices(self, occurrence: Occurrence | None) -> list[tuple[str, str]]:
        today = self._desk.today()
        choices = [(BY_RULE, self.tr("the one its day belongs to"))]
        if occurrence is not None and not occurrence.forecast and occurrence.on is not None:
            text = self.tr("planned for {0}").format(short_day(occurrence.planned, today))
            choices.insert(0, (occurrence.planned.isoformat(), text))
        return [*choices, (EXTRA, self.tr("an extra one, not planned"))]

    def _build_what(self) -> None:
        card = Card()
        products = [(product.id, product.name) for product in self._desk.products.list(self._person.id)]
        self.product = ListField(self.tr("Product"), products)
        self.dose = TextField(self.tr("Dose"), check=dose_in_words, placeholder="1000 ug")
        self.volume = TextField(self.tr("Volume"), check=volume_in_words, placeholder="1 mL", optional=True)
        self.route = ChipsField(self.tr("Route"), words.route_choices())
        self._hint = label("", "error", wrap=True)
        self._hint.hide()
        for name, field in (
            ("product", self.product),
            ("dose", self.dose),
            ("volume", self.volume),
            ("route", self.route),
        ):
            self.add_field(name, field)
        card.body.addLayout(row(self.product, self.dose, self.volume))
        card.body.addWidget(self._hint)
        card.body.addWidget(self.route)
        self.body.addWidget(card)

    def _build_where(self) -> None:
        card = Card()
        self.site = ChipsField(self.tr("Site"), words.site_choices())
        self.side = ChipsField(self.tr("Side"), words.side_choices())
        self.other_site = TextField(self.tr("Another site"), optional=True, longest=60)
        self.reaction = ChipsField(
            self.tr("Anything at the site?"), [(one, words.tr(one)) for one in words.REACTIONS], optional=True
        )
        for name, field in (("site", self.site), ("side", self.side), ("other", self.other_site)):
            self.add_field(name, field)
        self.add_field("reaction", self.reaction)
        card.body.addLayout(row(self.site, self.side, stretch=(3, 1)))
        self._last_words = label(self._last_place(), "small")
        self._last_words.setVisible(bool(self._last_words.text()))
        card.body.addWidget(self._last_words)
        card.body.addLayout(row(self.other_site, self.reaction, stretch=(1, 3)))
        self.body.addWidget(card)

    def _last_place(self) -> str:
        last = self._last
        if last is None or not (last.site or last.side):
            return ""
        place = " ".join(part for part in (last.side, last.site) if part)
        return self.tr("Last time, {0}: {1}").format(short_day(last.on, self._desk.today()), place)

    def _build_details(self) -> None:
        card = Card()
        self.lot = TextField(self.tr("Lot"), optional=True, longest=60)
        self.expiry = ExpiryField(self.tr("Expiry"), self._desk.today)
        self.needle = TextField(self.tr("Needle"), optional=True, longest=60)
        self.given_by = TextField(self.tr("Given by"), optional=True, longest=80)
        self.tags = TextField(self.tr("Tags"), placeholder=self.tr("travel, poor sleep"), optional=True)
        self.note = NoteField(self.tr("Note"))
        for name, field in (
            ("lot", self.lot),
            ("expiry", self.expiry),
            ("needle", self.needle),
            ("given_by", self.given_by),
            ("tags", self.tags),
            ("note", self.note),
        ):
            self.add_field(name, field)
        card.body.addLayout(row(self.lot, self.expiry, self.needle))
        card.body.addLayout(row(self.given_by, self.tags, stretch=(1, 2)))
        card.body.addWidget(self.note)
        self.body.addWidget(card)
        self.body.addStretch(1)
