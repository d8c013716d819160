"""
Which steps can be taken for a user, by whom, and what stands in the way of others?
"""

from .answers import (
    MANAGED,
    NoDossiersHeld,
    NoDossiersLeft,
    NoNewId,
    NoOtherLevel,
    NoRolesHeld,
    NoRolesLeft,
    Refusal,
    StepAnswer,
)
from .asking import possible_steps


__all__ = [
    "MANAGED",
    "NoDossiersHeld",
    "NoDossiersLeft",
    "NoNewId",
    "NoOtherLevel",
    "NoRolesHeld",
    "NoRolesLeft",
    "Refusal",
    "StepAnswer",
    "possible_steps",
]
