"""
What became of the mails, and what happens to those that did not go out?

Nothing here shows a content; a mail is named by its id and by its user.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Annotated, Final, Literal

from cyclopts import Parameter
from rich import box
from rich.table import Table
from rich.text import Text

from ..fields import trimmed
from ..mail.outbox import MailState, OutboxEntry
from ..portal import Portal
from ..services.mails import HELD
from ..winbooks_id import WinBooksId
from .acting import owner_of
from .answer import Answer
from .exit_code import ExitCode
from .mailing import reason_in_words
from .opening import opened
from .options import Database, DryRun, KeyFile, OnScreen
from .screen import Screen
from .usage import WrongUsage


__all__ = ["discard", "hold", "list_mails", "retry", "show"]

#: As they are shown; `dead` means those that were given up and those held back.
State = Literal["waiting", "sent", "given-up", "held", "dead", "withdrawn"]

States = Annotated[
    list[State] | None, Parameter(name="--state", help="cli.option.mail_state")
]
"""
Which mails are wanted.
"""

Ids = Annotated[list[str] | None, Parameter(help="cli.option.mail_ids")]
"""
The mails that are meant.
"""

Reason = Annotated[str | None, Parameter(help="cli.option.mail_reason")]
"""
Why the mails that are meant did not go out.
"""

Everything = Annotated[bool, Parameter(name="--all", help="cli.option.mail_all")]
"""
That all of them are meant.
"""

#: How much of an id is shown in a list: enough to name a mail.
_LETTERS_SHOWN: Final = 8

#: What an operator may have to act on.
_OPEN: Final = frozenset({MailState.WAITING, MailState.DEAD})


def list_mails(
    *,
    database: Database,
    key_file: KeyFile = None,
    state: States = None,
    of: Annotated[str | None, Parameter(help="cli.option.mail_of")] = None,
    screen: OnScreen,
) -> Answer:
    """
    List the mails that wait or were given up, the latest first.
    """
    states = frozenset(map(_stored_as, state)) if state else _OPEN
    with opened(database, key_file=key_file) as portal:
        found = [
            entry
            for entry in _wanted(portal, states, of)
            if not state or _shown_as(entry) & set(state)
        ]
        return _listed(portal, found, screen)


def show(
    mail_id: Annotated[str, Parameter(help="cli.option.mail_id")],
    /,
    *,
    database: Database,
    key_file: KeyFile = None,
    screen: OnScreen,
) -> Answer:
    """
    Show one mail, field by field.
    """
    with opened(database, key_file=key_file) as portal:
        (entry,) = _named(portal, [mail_id], frozenset(MailState))
        (document,) = _in_json(portal, [entry], screen)
    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(overflow="fold")
    shown = {**document, **_in_words(entry, screen)}
    for field, value in shown.items():
        table.add_row(screen.text(f"cli.mail.{field}"), str(value or ""))
    return Answer(document={"mail": document}, results=(table,))


def retry(
    ids: Ids = None,
    /,
    *,
    database: Database,
    key_file: KeyFile = None,
    reason: Reason = None,
    everything: Everything = False,
    dry_run: DryRun = False,
    screen: OnScreen,
) -> Answer:
    """
    Let mails that wait for another try, or were given up, be tried at once.
    """
    with opened(database, key_file=key_file) as portal:
        chosen = _chosen(portal, _OPEN, ids, reason, everything=everything)
        if everything:
            # After a restore, people decide about those that are held back.
            chosen = [entry for entry in chosen if entry.reason != HELD]
        now = portal.outbox.now()
        kept = [each for each in chosen if each.is_kept and each.expires_at > now]
        done = kept if dry_run else portal.mails.put_back(kept)
        verb = "would_retry" if dry_run else "retry"
        return _done(portal, screen, verb, chosen=chosen, done=done)


def discard(
    ids: Ids = None,
    /,
    *,
    database: Database,
    key_file: KeyFile = None,
    reason: Reason = None,
    everything: Everything = False,
    dry_run: DryRun = False,
    screen: OnScreen,
) -> Answer:
    """
    Withdraw mails that wait or were given up; they are never sent.
    """
    with opened(database, key_file=key_file) as portal:
        chosen = _chosen(portal, _OPEN, ids, reason, everything=everything)
        done = chosen if dry_run else portal.mails.discard(chosen)
        verb = "would_discard" if dry_run else "discard"
        return _done(portal, screen, verb, chosen=chosen, done=done)


def hold(
    *,
    database: Database,
    key_file: KeyFile = None,
    dry_run: DryRun = False,
    screen: OnScreen,
) -> Answer:
    """
    Stop every mail that waits, as after a restore.
    """
    with opened(database, key_file=key_file) as portal:
        waiting = portal.outbox.statistics().waiting
        number = waiting if dry_run else portal.mails.hold()
    verb = "would_hold" if dry_run else "hold"
    return Answer(
        document={"held": number},
        results=(Text(screen.text(f"cli.mail.{verb}", number=number)),),
    )


def _stored_as(state: State) -> MailState:
    return MailState.DEAD if state in {"given-up", "held"} else MailState(state)


def _shown_as(entry: OutboxEntry) -> AbstractSet[str]:
    """
    Return the names that the state of *entry* has in a command.
    """
    if entry.state is not MailState.DEAD:
        return {entry.state.value}
    return {"dead", "held" if entry.reason == HELD else "given-up"}


def _wanted(
    portal: Portal, states: AbstractSet[MailState], of: str | None
) -> Iterable[OutboxEntry]:
    if of is None:
        return portal.mails.entries(states)
    user = owner_of(portal, WinBooksId.parse(trimmed(of)))
    user_id = None if user is None else user.id
    found = (
        ()
        if user_id is None
        else portal.storage.read(lambda unit: unit.outbox.of_user(user_id))
    )
    return [entry for entry in found if entry.state in states]


def _chosen(
    portal: Portal,
    states: AbstractSet[MailState],
    ids: Sequence[str] | None,
    reason: str | None,
    *,
    everything: bool,
) -> list[OutboxEntry]:
    if sum((bool(ids), reason is not None, everything)) != 1:
        raise WrongUsage("cli.usage.which_mails")
    if ids:
        return _named(portal, ids, states)
    return [
        entry
        for entry in portal.mails.entries(states)
        if everything or entry.reason == reason
    ]


def _named(
    portal: Portal, ids: Sequence[str], states: AbstractSet[MailState]
) -> list[OutboxEntry]:
    wanted = {each.strip().lower() for each in ids}
    found = {
        entry.mail_id: (entry, begins)
        for entry in portal.mails.entries(states)
        for begins in wanted
        if begins and str(entry.mail_id).startswith(begins)
    }
    # Each of them means one mail, and none is meant twice.
    if sorted(begins for _, begins in found.values()) != sorted(wanted):
        raise WrongUsage("cli.usage.no_such_mail")
    return [entry for entry, _ in found.values()]


def _done(
    portal: Portal,
    screen: Screen,
    verb: str,
    *,
    chosen: Sequence[OutboxEntry],
    done: Sequence[OutboxEntry],
) -> Answer:
    are_done = {entry.mail_id for entry in done}
    left = [entry for entry in chosen if entry.mail_id not in are_done]
    words = [Text(screen.text(f"cli.mail.{verb}", number=len(done)))]
    if left:
        words.append(Text(screen.text("cli.mail.left", number=len(left)), "yellow"))
    return Answer(
        code=ExitCode.REFUSED if left else ExitCode.DONE,
        document={
            "done": _in_json(portal, done, screen),
            "left": _in_json(portal, left, screen),
        },
        results=tuple(words),
    )


def _listed(portal: Portal, entries: Sequence[OutboxEntry], screen: Screen) -> Answer:
    """
    Return the mails that have one state and one reason together.
    """
    documents = _in_json(portal, entries, screen)
    tables = dict[str, Table]()
    for entry, document in zip(entries, documents, strict=True):
        table = tables.setdefault(_heading(entry, screen), _empty_table(screen))
        table.add_row(
            str(entry.mail_id)[:_LETTERS_SHOWN],
            str(document["winbooks_id"] or ""),
            _kind(entry, screen),
            str(entry.attempts),
            screen.moment(entry.due_at) if _is_tried_again(entry) else "",
        )
    shown = [part for heading in tables for part in (Text(heading), tables[heading])]
    none = Text(screen.text("cli.mail.none"))
    return Answer(document={"mails": documents}, results=(*shown,) or (none,))


def _heading(entry: OutboxEntry, screen: Screen) -> str:
    state = _state(entry, screen)
    if entry.reason is None:
        return state
    return f"{state}: {_why(entry, screen)} ({entry.reason})"


def _empty_table(screen: Screen) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold"
    )
    for field in ("id", "winbooks_id", "kind", "attempts", "due_at"):
        table.add_column(screen.text(f"cli.mail.{field}"), overflow="fold")
    return table


def _in_json(
    portal: Portal, entries: Sequence[OutboxEntry], screen: Screen
) -> list[dict[str, object]]:
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
