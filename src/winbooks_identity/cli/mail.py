"""
What became of the mails?

Nothing here shows a content; a mail is named by its id and by its user.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Annotated, Final

from cyclopts import Parameter
from rich import box
from rich.table import Table
from rich.text import Text

from ..mail.outbox import MailState, OutboxEntry
from ..portal import Portal
from ..services.mails import HELD
from .answer import Answer
from .mail_choice import OPEN, MailPlace, Mails, States, shown_as, stored_as
from .mailing import reason_in_words
from .narrow import Column, records
from .opening import opened
from .options import OnScreen
from .screen import Screen


__all__ = ["in_json", "list_mails", "show"]

#: How much of an id is shown in a list: enough to name a mail.
_LETTERS_SHOWN: Final = 8


def list_mails(
    *,
    place: MailPlace,
    state: States = None,
    of: Annotated[str | None, Parameter(help="cli.option.mail_of")] = None,
    screen: OnScreen,
) -> Answer:
    """
    List the mails that wait or were given up, the latest first.
    """
    states = frozenset(map(stored_as, state)) if state else OPEN
    with opened(place.database, key_file=place.key_file) as portal:
        mails = Mails.seen_by(place.acting_as, portal)
        seen = mails.entries(states) if of is None else mails.to(of, states)
        found = [entry for entry in seen if not state or shown_as(entry) & set(state)]
        return _listed(portal, found, screen)


def show(
    mail_id: Annotated[str, Parameter(help="cli.option.mail_id")],
    /,
    *,
    place: MailPlace,
    screen: OnScreen,
) -> Answer:
    """
    Show one mail, field by field.
    """
    with opened(place.database, key_file=place.key_file) as portal:
        mails = Mails.seen_by(place.acting_as, portal)
        (entry,) = mails.named([mail_id], frozenset(MailState))
        (document,) = in_json(portal, [entry], screen)
    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(overflow="fold")
    shown = {**document, **_in_words(entry, screen)}
    for field, value in shown.items():
        table.add_row(screen.text(f"cli.mail.{field}"), str(value or ""))
    return Answer(document={"mail": document}, results=(table,))


def _listed(portal: Portal, entries: Sequence[OutboxEntry], screen: Screen) -> Answer:
    """
    Return the mails that have one state and one reason together.
    """
    documents = in_json(portal, entries, screen)
    rows = defaultdict[str, list[Sequence[Text]]](list)
    for entry, document in zip(entries, documents, strict=True):
        cells = (
            str(entry.mail_id)[:_LETTERS_SHOWN],
            str(document["winbooks_id"] or ""),
            _kind(entry, screen),
            str(entry.attempts),
            screen.moment(entry.due_at) if _is_tried_again(entry) else "",
        )
        rows[_heading(entry, screen)].append([*map(Text, cells)])
    columns = _columns(screen)
    shown = [
        part
        for heading, alike in rows.items()
        for part in (Text(heading), records(screen, columns, alike))
    ]
    none = Text(screen.text("cli.mail.none"))
    return Answer(document={"mails": documents}, results=(*shown,) or (none,))


def _heading(entry: OutboxEntry, screen: Screen) -> str:
    state = _state(entry, screen)
    if entry.reason is None:
        return state
    return screen.labelled(state, f"{_why(entry, screen)} ({entry.reason})")


def _columns(screen: Screen) -> list[Column]:
    kept = [Column(screen.text(f"cli.mail.{name}")) for name in ("id", "winbooks_id")]
    kind = Column(screen.text("cli.mail.kind"), gives_way=True)
    numbers = [
        Column(screen.text(f"cli.mail.{name}"), gives_way=True, is_labelled=True)
        for name in ("attempts", "due_at")
    ]
    return [*kept, kind, *numbers]


def in_json(
    portal: Portal, entries: Sequence[OutboxEntry], screen: Screen
) -> list[dict[str, object]]:
    """
    Return what programs read of *entries*.
    """
    user_ids = frozenset(entry.user_id for entry in entries)
    users = portal.storage.read(lambda unit: unit.users.find_all(user_ids))
    named = {user.id: str(user.winbooks_id) for user in users}
    return [
        _entry_in_json(entry, named.get(entry.user_id), screen) for entry in entries
    ]


def _entry_in_json(
    entry: OutboxEntry, winbooks_id: str | None, screen: Screen
) -> dict[str, object]:
    return {
        "id": str(entry.mail_id),
        "winbooks_id": winbooks_id,
        "kind": entry.kind.value,
        "state": entry.state.value,
        "code": entry.reason,
        "reason": _why(entry, screen),
        "attempts": entry.attempts,
        "created_at": entry.created_at.isoformat(),
        "due_at": entry.due_at.isoformat(),
        "expires_at": entry.expires_at.isoformat(),
        "done_at": None if entry.done_at is None else entry.done_at.isoformat(),
        "message_id": entry.message_id,
        "is_kept": entry.is_kept,
    }


def _in_words(entry: OutboxEntry, screen: Screen) -> dict[str, str]:
    """
    Return what people read in another way than machines do.
    """
    ended = entry.done_at
    return {
        "kind": _kind(entry, screen),
        "state": _state(entry, screen),
        "attempts": str(entry.attempts),
        "created_at": screen.moment(entry.created_at),
        "due_at": screen.moment(entry.due_at) if _is_tried_again(entry) else "",
        "expires_at": screen.moment(entry.expires_at),
        "done_at": "" if ended is None else screen.moment(ended),
        "is_kept": screen.text("cli.yes" if entry.is_kept else "cli.no"),
    }


def _is_tried_again(entry: OutboxEntry) -> bool:
    return entry.state is MailState.WAITING


def _kind(entry: OutboxEntry, screen: Screen) -> str:
    return screen.text(f"cli.mail_kind.{entry.kind.value}")


def _state(entry: OutboxEntry, screen: Screen) -> str:
    if entry.reason == HELD and entry.state is MailState.DEAD:
        return screen.text("cli.mail_state.held")
    return screen.text(f"cli.mail_state.{entry.state.value}")


def _why(entry: OutboxEntry, screen: Screen) -> str:
    return "" if entry.reason is None else reason_in_words(entry.reason, screen)
