"""What the codes mean that other programs read: errors, questions and messages; for docs/cli.md."""

from __future__ import annotations

from typing import Final

ERRORS: Final = {
    "usage": "the command line could not be understood, or it could mean several people",
    "no_diary": "there is no diary at that place yet",
    "not_found": "no record, person, product, file or folder of that name or id",
    "invalid": "a value that cannot be kept; the message names the field",
    "exists": "something of that name is there already",
    "question": "a question is open",
    "locked": "the diary has a passphrase",
    "wrong_passphrase": "the passphrase does not open the diary",
    "damaged": "the file is no diary, or it is damaged",
    "newer_file": "the diary was written by a newer version",
    "read_only": "the file or folder cannot be written",
    "disk_full": "there is no room left on the disk",
    "busy": "another program is writing to the diary",
    "unreadable_file": "a file that was given cannot be read as what it should be",
}

QUESTIONS: Final = {
    "dose_over_1500": "the dose is above 1500 micrograms (1.5 mg)",
    "dose_over_10000": "the dose is above 10,000 micrograms (10 mg)",
    "dose_over_50000": "the dose is above 50,000 micrograms (50 mg): the unit is almost certainly wrong",
    "dose_under_30": "the dose is below 30 micrograms, as when mg was written as micrograms",
    "strength_volume": "strength times volume is not the dose",
    "product_changed": "another product than last time, with the same dose or volume",
    "second_today": "the day has an injection already; the sum of the day is told",
    "extra": "the injection answers nothing that was planned",
    "min_gap": "fewer days since the injection before than the plan says",
    "unit_likely_other": "the value fits another unit better, or the report gives none",
    "value_outside_soft_limits": "the value is far outside what laboratories report",
    "analyte_likely_other": "the name could mean another analyte",
    "sample_date": "the date of the sample can be read in two ways, or is missing",
    "other_patient": "the file names another person",
    "ambiguous_number": "the number can be read in two ways",
    "second_sample": "two values of one day without a time may be two samples",
    "patient": "the file has several people: whose results are meant?",
    "write_results": "whether what was found in the file shall be written",
}

MESSAGES: Final = {
    "phase_end_ask": "the phase has come to its end: has your clinic moved you on?",
    "phase_short": "fewer injections were given than the phase has",
    "several_missed": "two or more of the newest three planned ones were not given",
    "early": "the newest injection was given before its day",
    "late_counted": "the newest injection was late, and the next counts from it",
    "review_due": "the plan's review date has come",
    "no_plan": "no plan has been written down",
    "no_injection_yet": "there is a plan and no injection",
    "stale_projection": "the reminders may lag behind the diary",
    "renumbered": "an injection logged afterwards shifted the numbers of later ones in the phase",
    "no_review": "the plan has no review date",
    "nothing_new": "an import found nothing to keep",
    "undone": "what was taken back",
    "redone": "what was done again",
    "left": "what an undo left as it is, because it was changed since",
}
