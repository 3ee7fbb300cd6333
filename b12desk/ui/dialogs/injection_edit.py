"""The injection form on an entry that is there already."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from b12desk.desk import Desk, InjectionDraft, Outcome
from b12desk.domain.questions import Answers
from b12desk.domain.records import Injection, Person
from b12desk.ui.dialogs.injection_form import EXTRA, InjectionForm


class InjectionEditForm(InjectionForm):
    """Changes only what was typed anew; what it answers in the plan stays as it was."""

    def __init__(
        self, desk: Desk, person: Person, injection: Injection, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, person, parent=parent)
        self.title = self.tr("Edit an injection")
        self._injection = injection
        self.show_draft(_draft(injection))
        self._before = self._values()
        self.planned.setVisible(False)
        self.reaction.setVisible(False)
        self._last_words.hide()

    def write(self, answers: Answers) -> Outcome:
        values = {name: text for name, text in self._values().items() if text != self._before[name]}
        return self._desk.editing.edit(self._injection.id, values, answers)

    def changed_by_typing(self) -> None:
        """Questions about an edit are asked at Save only: most of them were answered when it was new."""

    def _values(self) -> dict[str, str | None]:
        draft = self.draft()
        product = next(
            product.name
            for product in self._desk.products.list(self._person.id)
            if product.id == draft.product_id
        )
        return {
            "on": draft.on.isoformat(),
            "at": f"{draft.at:%H:%M}" if draft.at else None,
            "precision": draft.precision,
            "product": product,
            "dose": draft.dose,
            "volume": draft.volume,
            "route": draft.route,
            "site": draft.site,
            "side": draft.side,
            "needle": draft.needle,
            "given_by": draft.given_by,
            "lot": draft.lot,
            "expiry": draft.expiry.isoformat() if draft.expiry else None,
            "note": draft.note,
            "tags": ",".join(draft.tags) or None,
        }


def _draft(injection: Injection) -> InjectionDraft:
    return InjectionDraft(
        on=injection.on,
        at=injection.at,
        precision=injection.precision,
        product_id=injection.product_id,
        dose=str(injection.dose) if injection.dose else None,
        volume=str(injection.volume) if injection.volume else None,
        route=injection.route,
        site=injection.site,
        side=injection.side,
        needle=injection.needle,
        given_by=injection.given_by,
        lot=injection.lot,
        expiry=injection.expiry,
        note=injection.note,
        tags=injection.tags,
        answers=EXTRA if injection.place == "extra" else injection.answers,
    )
