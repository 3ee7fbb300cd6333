"""The scenes that `make screenshots` photographs: every page, every form, the review of a laboratory file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from b12desk.desk import Desk
from b12desk.domain.records import LabResult, NotGiven, Person
from b12desk.ui.dialogs.clinic_word import AgreeForm, StepForm
from b12desk.ui.dialogs.event_form import EventForm
from b12desk.ui.dialogs.injection_edit import InjectionEditForm
from b12desk.ui.dialogs.injection_form import InjectionForm
from b12desk.ui.dialogs.last_injection_form import LastInjectionForm
from b12desk.ui.dialogs.not_given import NotGivenForm
from b12desk.ui.dialogs.not_given_edit import NotGivenEditForm
from b12desk.ui.dialogs.person_form import PersonForm
from b12desk.ui.dialogs.plan_form import PlanForm
from b12desk.ui.dialogs.product_form import ProductForm
from b12desk.ui.dialogs.reaction_form import ReactionForm
from b12desk.ui.dialogs.symptom_form import SymptomForm
from b12desk.ui.form import Form
from b12desk.ui.labs.lab_edit import LabEditForm
from b12desk.ui.labs.lab_form import LabForm
from b12desk.ui.main_window import MainWindow
from b12desk.ui.pages.labs import LabsPage
from b12desk.ui.pages.settings import SettingsPage
from b12desk.ui.pages.trends import TrendsPage
from b12desk.ui.registry import page_specs
from b12desk.ui.symptoms.trend_form import TrendForm

REPORT = """Date,Test,Result,Unit,Reference range,Flag
2026-11-19,Vitamin B12,1480,pg/mL,200 - 900,H
2026-11-19,Ferritin,58,ug/L,15 - 300,
2026-11-19,Haemoglobin,138,g/L,120 - 160,
2026-11-19,Holotranscobalamin,>128,pmol/L,37 - 188,
2026-11-19,Sodium,140,mmol/L,135 - 145,
"""

LOOKS, BETWEEN = 600, 100
"""How often, and after how many milliseconds each time, it is looked whether the review is there."""

Scene = Callable[[MainWindow], None]


def scenes(desk: Desk, person: Person, folder: Path) -> Iterator[tuple[str, Scene]]:
    """Each scene's name with what brings it to the front; `folder` takes the laboratory file."""
    for spec in page_specs():
        yield spec.id, _page(spec.id)
    yield "trends-overlay", _overlay
    yield from ((f"settings-{part}", _settings(part)) for part in PARTS)
    yield "labs-review", _review(folder)
    for name, page, make in _forms(desk, person):
        yield f"form-{name}", _form(page, make)


PARTS = ("people", "products", "plan", "history")
"""The parts of the settings after the first, which is the page itself; one more shows only paths."""


def tidy(window: MainWindow) -> None:
    """Close what a scene has opened, unsaved."""
    for form in window.findChildren(Form):
        form.finished.emit(None)
    labs = window.findChild(LabsPage)
    if labs is not None and labs.review is not None:
        labs.review.dropped.emit()


def _forms(desk: Desk, person: Person) -> Iterator[tuple[str, str, Callable[[], Form]]]:
    due = desk.plans.due(person.id).due[0]
    given = desk.injections.last(person.id)
    assert given is not None
    result = _newest(desk, LabResult, person)
    yield "injection", "injections", lambda: InjectionForm(desk, person, due)
    yield "injection-edit", "injections", lambda: InjectionEditForm(desk, person, given)
    yield "not-given", "today", lambda: NotGivenForm(desk, person, due)
    entry = next(one for one in _entries(desk, person) if isinstance(one, NotGiven))
    yield "not-given-edit", "injections", lambda: NotGivenEditForm(desk, person, entry)
    yield "reaction", "today", lambda: ReactionForm(desk, person, given)
    yield "event", "today", lambda: EventForm(desk, person)
    yield "symptom", "symptoms", lambda: SymptomForm(desk, person)
    yield "trend", "symptoms", lambda: TrendForm(desk, person)
    yield "next-phase", "settings", lambda: StepForm(desk, person)
    yield "agreed-date", "settings", lambda: AgreeForm(desk, person)
    yield "plan", "settings", lambda: PlanForm(desk, person)
    yield "template", "settings", lambda: _template(PlanForm(desk, person))
    yield "person", "settings", lambda: PersonForm(desk)
    yield "product", "settings", lambda: ProductForm(desk, person)
    yield "last-injection", "settings", lambda: LastInjectionForm(desk, person)
    yield "lab", "labs", lambda: LabForm(desk, person)
    yield "lab-edit", "labs", lambda: LabEditForm(desk, person, result)


def wait(milliseconds: int) -> None:
    """Let the window work; unlike QTest.qWait this leaves the worker its share of Python."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _entries(desk: Desk, person: Person) -> Iterator[object]:
    return (row.record for row in desk.views.injections(person.id))


def _newest(desk: Desk, kind: type[LabResult], person: Person) -> LabResult:
    rows = desk.views.labs(person.id)
    return max((row.result for row in rows if isinstance(row.result, kind)), key=lambda one: one.collected)


def _template(form: PlanForm) -> PlanForm:
    form.template.set_value("R1")
    form.template.edited.emit()
    return form


def _page(page_id: str) -> Scene:
    return lambda window: window.show_page(page_id)


def _settings(part: str) -> Scene:
    def show(window: MainWindow) -> None:
        window.show_page("settings")
        page = window.page("settings")
        assert isinstance(page, SettingsPage)
        page.show_part(part)

    return show


def _overlay(window: MainWindow) -> None:
    window.show_page("trends")
    trends = window.page("trends")
    assert isinstance(trends, TrendsPage)
    trends.choices.choose_kind("cycles")


def _form(page_id: str, make: Callable[[], Form]) -> Scene:
    def show(window: MainWindow) -> None:
        window.show_page(page_id)
        window.page(page_id).form_opened.emit(make())

    return show


def _review(folder: Path) -> Scene:
    def show(window: MainWindow) -> None:
        path = folder / "report-2026-11-19.csv"
        path.write_text(REPORT, encoding="utf-8")
        window.show_page("labs")
        labs = window.page("labs")
        assert isinstance(labs, LabsPage)
        labs.import_files([path])
        for _look in range(LOOKS):
            wait(BETWEEN)
            if labs.review is not None:
                return
        raise OSError(f"no review of {path}")

    return show
