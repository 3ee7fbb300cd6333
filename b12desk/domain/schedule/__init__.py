"""The schedule: which injection is planned when, and why, computed from the records (RULES section 1)."""

from b12desk.domain.schedule.building import build
from b12desk.domain.schedule.model import Course, Occurrence, Schedule, State
from b12desk.domain.schedule.placing import (
    Placing,
    agree_allowed,
    check_new_revision,
    not_given_target,
    place,
    renumbered,
    step_allowed,
)

__all__ = [
    "Course",
    "Occurrence",
    "Placing",
    "Schedule",
    "State",
    "agree_allowed",
    "build",
    "check_new_revision",
    "not_given_target",
    "place",
    "renumbered",
    "step_allowed",
]
