"""
What happened to a user, in the reader's words?
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from winbooks_identity import Level, Portal, PortalUser
from winbooks_identity.adapters.letters.belgian_time import belgian_time
from winbooks_identity.events import Author, Change
from winbooks_identity.life_cycle import Step

from .words import label_of, say


__all__ = ["Happened", "history", "moment"]


class Happened(NamedTuple):
    """
    One step in the past; each change is a label, and the value before and after.
    """

    at: datetime
    step: Step
    who: str
    changes: Sequence[tuple[str, str, str]]


def history(portal: Portal, user: PortalUser, *, by: PortalUser) -> Sequence[Happened]:
    """
    Return what happened to *user*, the latest first.

    Raises:
        UnknownUser: *by* does not manage them.
        StorageBusy: the storage failed.
    """
    names = {
        each.id: f"{each.first_name} {each.last_name}"
        for each in portal.provisioning.users(by=by)
    }
    events = portal.administration.history(user.id, by=by)
    return [
        Happened(
            at=event.at,
            step=event.step,
            who=event.operator or _who(event.by, names),
            changes=[_told(change) for change in event.changes],
        )
        for event in reversed(events)
    ]


def moment(instant: datetime) -> str:
    """
    Return *instant* as Belgium's clocks show it, to the minute.
    """
    local = belgian_time(instant)
    month = say("letter.months").split()[local.month - 1]
    return f"{local.day} {month} {local.year}, {local:%H:%M}"


def _who(author: Author, names: Mapping[UUID, str]) -> str:
    if isinstance(author, UUID):
        return names.get(author) or say("by_someone")
    return say(f"cli.author.{author.value}")


def _told(change: Change) -> tuple[str, str, str]:
    label = say(f"cli.field.{change.field}")
    return label, _shown(change, change.before), _shown(change, change.after)


def _shown(change: Change, stored: str | None) -> str:
    """
    Return a value that is kept in one language, in the reader's.
    """
    match change.field, stored:
        case _, None | "":
            return ""
        case "level", level:
            return label_of(Level(level))
        case _, "active" | "inactive":
            return say(f"cli.status.{stored}")
        case _, "yes" | "no":
            return say(f"cli.{stored}")
        case _:
            return stored
