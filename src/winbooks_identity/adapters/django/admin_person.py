"""
What does Django's admin show of a user, and of what happened to them?
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import cast

from ...events import Change, Event, Outsider
from ...plain import plain_fields
from ...portal_user import PortalUser
from ...possible_steps import StepAnswer
from .admin_answers import in_words
from .messages import late
from .sign_in_forms import sentence


__all__ = ["facts", "offered", "past"]

#: In the order of the page.
_FACTS = (
    "winbooks_id",
    "address_proven",
    "id_change",
    "first_name",
    "last_name",
    "company_name",
    "language",
    "phone",
    "level",
    "status",
    "credential_source",
    "dossiers",
    "roles",
    "notify_all_dossiers",
)


def facts(user: PortalUser) -> Iterator[tuple[str, str]]:
    """
    Yield what is known of *user*: a label and its value.
    """
    values = plain_fields(user, without=("id", "licence", "version"))
    waiting = user.id_change
    values["id_change"] = None if waiting is None else waiting.winbooks_id.address
    for name in _FACTS:
        yield sentence(f"cli.field.{name}"), _shown(values[name])


def offered(answers: Iterable[StepAnswer]) -> Mapping[str, object]:
    """
    Return the steps that are possible, and the others with their reasons.
    """
    labelled = [(each, late(each.step.label)) for each in answers]
    return {
        "steps": [
            (each.step.value, label) for each, label in labelled if each.is_possible
        ],
        "refused": [
            (label, in_words(each.reasons))
            for each, label in labelled
            if not each.is_possible
        ],
        "not_possible": sentence("admin.not_possible"),
    }


def past(
    events: Sequence[Event],
) -> Iterator[tuple[datetime, str, str, Sequence[tuple[str, str, str]]]]:
    """
    Yield what happened, the latest first: when, what, by whom, and what changed.
    """
    for event in reversed(events):
        by = event.by.value if isinstance(event.by, Outsider) else str(event.by)
        who = f"{by} ({event.operator})" if event.operator else by
        changes = [*map(_change, event.changes)]
        yield event.at, late(event.step.label), who, changes


def _change(change: Change) -> tuple[str, str, str]:
    label = sentence(f"cli.field.{change.field}")
    return label, _shown(change.before), _shown(change.after)


def _shown(value: object) -> str:
    match value:
        case None | "" | []:
            return "-"
        case True | "yes":
            return sentence("cli.yes")
        case False | "no":
            return sentence("cli.no")
        case "active" | "inactive":
            return sentence(f"cli.status.{value}")
        case list():
            return ", ".join(map(str, cast("list[object]", value)))
        case _:
            return str(value)
