"""Unknown tests: named by hand, remembered for the laboratory's next file, taken back by one undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from b12desk.desk import Desk
from b12desk.domain.errors import Invalid, NotFound, WorldError
from b12desk.domain.records import LabAssignment, LabResult, OwnAnalyte

FIRST = "Date,Test,Result,Unit,Lab\n2026-01-05,XB-COB,212,pg/mL,City\n2026-02-05,XB-COB,240,pg/mL,City\n"
SECOND = "Date,Test,Result,Unit,Lab\n2026-03-05,XB-COB,260,pg/mL,City\n2026-03-05,XB-COB,199,pg/mL,Other\n"


def file_of(folder: Path, text: str, name: str = "first.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def results(desk: Desk, person: str) -> list[tuple[str | None, str | None, str | None]]:
    return [
        (one.analyte, one.value, one.unit) for one in desk._context.diary.records(LabResult, person_id=person)
    ]


def test_one_word_of_the_person_names_every_row_and_the_next_file(
    desk: Desk, ann: str, tmp_path: Path
) -> None:
    looked = desk.labs.look(ann, [file_of(tmp_path, FIRST)])
    parsed = looked.files[0].review.parsed
    assert [one.name for one in parsed.unmapped] == ["XB-COB", "XB-COB"]
    desk.labs.assign(looked, parsed.unmapped[0], "serum_b12")
    assert parsed.unmapped == []
    assert [(one.state, one.unit) for one in parsed.candidates] == [("new", "pg/mL"), ("new", "pg/mL")]
    assert desk.lab_assignments.assigned(ann) == []
    assert desk.labs.write(looked).written == 2
    assert results(desk, ann) == [("serum_b12", "212", "pg/mL"), ("serum_b12", "240", "pg/mL")]

    again = desk.labs.look(ann, [file_of(tmp_path, SECOND, "second.csv")])
    parsed = again.files[0].review.parsed
    assert [one.value for one in parsed.candidates] == ["260"]
    assert [one.lab for one in parsed.unmapped] == ["Other"]


def test_one_undo_takes_back_results_and_assignment(desk: Desk, ann: str, tmp_path: Path) -> None:
    looked = desk.labs.look(ann, [file_of(tmp_path, FIRST)])
    desk.labs.assign(looked, looked.files[0].review.parsed.unmapped[0], "serum_b12")
    desk.labs.write(looked)
    assert len(desk.lab_assignments.assigned(ann)) == 1
    desk.history.undo()
    assert desk.lab_assignments.assigned(ann) == []
    assert results(desk, ann) == []


def test_a_wrong_word_can_be_changed_before_and_after(desk: Desk, ann: str, tmp_path: Path) -> None:
    looked = desk.labs.look(ann, [file_of(tmp_path, FIRST)])
    parsed = looked.files[0].review.parsed
    desk.labs.assign(looked, parsed.unmapped[0], "ferritin")
    assert parsed.candidates[0].state == "question"
    desk.labs.assign(looked, parsed.candidates[0], "serum_b12")
    assert [one.questions for one in parsed.candidates] == [(), ()]
    desk.labs.write(looked)
    later = desk.labs.look(ann, [file_of(tmp_path, SECOND, "second.csv")])
    desk.labs.assign(later, later.files[0].review.parsed.candidates[0], "folate_serum")
    desk.labs.write(later, accept_questions=True)
    assert [one.analyte for one in desk.lab_assignments.assigned(ann)] == ["folate_serum"]


def test_an_assignment_of_which_nothing_is_written_is_not_kept(desk: Desk, ann: str, tmp_path: Path) -> None:
    looked = desk.labs.look(ann, [file_of(tmp_path, FIRST)])
    parsed = looked.files[0].review.parsed
    desk.labs.assign(looked, parsed.unmapped[0], "serum_b12")
    for candidate in parsed.candidates:
        candidate.answer("no")
    assert desk.labs.write(looked).written == 0
    assert desk.lab_assignments.assigned(ann) == []


def test_a_word_is_no_number_and_an_unknown_id_is_told(desk: Desk, ann: str, tmp_path: Path) -> None:
    looked = desk.labs.look(ann, [file_of(tmp_path, FIRST.replace("212", "clear"))])
    row = looked.files[0].review.parsed.unmapped[0]
    with pytest.raises(Invalid, match="not a number"):
        desk.labs.assign(looked, row, "serum_b12")
    with pytest.raises(NotFound, match="zinc"):
        desk.labs.assign(looked, row, "zinc")


def test_an_own_test_takes_results_with_its_unit(desk: Desk, ann: str, tmp_path: Path) -> None:
    desk.lab_assignments.add_own(ann, "Zinc", unit="µmol/l", low="11", high="24")
    own = desk.analytes.by_id["own:zinc"]
    assert (own.label, own.si) == ("Zinc", "umol/L")
    text = "Date,Test,Result,Unit\n2026-01-05,Zinc,9.80,umol/L\n2026-02-05,Zinc,traces,umol/L\n"
    looked = desk.labs.look(ann, [file_of(tmp_path, text)])
    desk.labs.assign(looked, looked.files[0].review.parsed.unmapped[0], "own:zinc")
    assert desk.labs.write(looked).written == 2
    assert results(desk, ann) == [("own:zinc", "9.80", "umol/L"), ("own:zinc", None, "umol/L")]
    desk.history.undo()
    desk.history.undo()
    assert "own:zinc" not in desk.analytes.by_id


@pytest.mark.parametrize(
    ("label", "low", "told"),
    [
        ("  ", None, "needs a name"),
        ("Ferritin", None, "in the list already"),
        ("Zinc", "much", "plain number"),
    ],
)
def test_an_own_test_is_checked(desk: Desk, ann: str, label: str, low: str | None, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        desk.lab_assignments.add_own(ann, label, low=low)
    assert desk._context.diary.records(OwnAnalyte) == []


def test_an_own_test_has_a_name_of_its_own(desk: Desk, ann: str) -> None:
    desk.lab_assignments.add_own(ann, "Zinc")
    with pytest.raises(WorldError, match="already"):
        desk.lab_assignments.add_own(ann, "zinc")
    assert desk._context.diary.count(LabAssignment) == 0
