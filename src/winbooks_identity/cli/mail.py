"""
What became of the mails, and what happens to those that did not go out?

Nothing here shows a content; a mail is named by its id and by its user.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Annotated, Final, Literal
from uuid import UUID

from cyclopts import Parameter
from rich import box
from rich.table import Table
from rich.text import Text

from ..adapters.embedded import open_office
from ..mail.outbox import MailState, OutboxEntry
from ..portal import Portal
from ..winbooks_id import WinBooksId
from .acting import owner_of
from .answer import Answer
from .exit_code import ExitCode
from .mailing import reason_in_words
from .options import Database, DryRun, KeyFile, OnScreen
from .screen import Screen
from .usage import WrongUsage


__all__ = ["discard", "hold", "list_mails", "retry", "show"]

State = Literal["waiting", "sent", "dead", "withdrawn"]

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
    states = frozenset(map(MailState, state)) if state else _OPEN
    with open_office(database, key_file=key_file) as portal:
        found = [*_wanted(portal, states, of)]
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
    with open_office(database, key_file=key_file) as portal:
        (entry,) = _named(portal, [mail_id], frozenset(MailState))
        document = _in_json(portal, entry, screen)
    table = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    shown = {**document, "kind": _kind(entry, screen), "state": _state(entry, screen)}
    for field, value in shown.items():
        words = screen.text("cli.yes" if value else "cli.no")
        text = words if isinstance(value, bool) else str(value or "")
        table.add_row(screen.text(f"cli.mail.{field}"), text)
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
    Let mails that were given up wait again.
    """
    dead = frozenset({MailState.DEAD})
    with open_office(database, key_file=key_file) as portal:
        chosen = _chosen(portal, dead, ids, reason, everything=everything)
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
    with open_office(database, key_file=key_file) as portal:
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
    with open_office(database, key_file=key_file) as portal:
        waiting = portal.outbox.statistics().waiting
        number = waiting if dry_run else portal.mails.hold()
    verb = "would_hold" if dry_run else "hold"
    return Answer(
        document={"held": number},
        results=(Text(screen.text(f"cli.mail.{verb}", number=number)),),
    )


def _wanted(
    portal: Portal, states: AbstractSet[MailState], of: str | None
) -> Iterable[OutboxEntry]:
    if of is None:
        return portal.mails.entries(states)
    user = owner_of(portal, WinBooksId.parse(of.strip()))
    user_id = None if user is None else user.id
    found = (
        ()
        if user_id is None
        else portal.storage.run(lambda unit: unit.outbox.of_user(user_id))
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
    try:
        wanted = {UUID(each) for each in ids}
    except ValueError:
        raise WrongUsage("cli.usage.no_such_mail") from None
    found = [each for each in portal.mails.entries(states) if each.mail_id in wanted]
    if len(found) != len(wanted):
        raise WrongUsage("cli.usage.no_such_mail")
    return found


def _done(
    portal: Portal,
    screen: Screen,
    verb: str,
    *,
    chosen: Sequence[OutboxEntry],
    done: Sequence[OutboxEntry],
) -> Answer:
    left = [entry for entry in chosen if entry not in done]
    words = [Text(screen.text(f"cli.mail.{verb}", number=len(done)))]
    if left:
        words.append(Text(screen.text("cli.mail.left", number=len(left)), "yellow"))
    return Answer(
        code=ExitCode.REFUSED if left else ExitCode.DONE,
        document={
            "done": [_in_json(portal, entry, screen) for entry in done],
            "left": [_in_json(portal, entry, screen) for entry in left],
        },
        results=tuple(words),
    )


def _listed(portal: Portal, entries: Sequence[OutboxEntry], screen: Screen) -> Answer:
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold"
    )
    for field in ("id", "winbooks_id", "kind", "state", "attempts", "reason"):
        table.add_column(screen.text(f"cli.mail.{field}"), overflow="fold")
    documents = [_in_json(portal, entry, screen) for entry in entries]
    for entry, document in zip(entries, documents, strict=True):
        table.add_row(
            str(entry.mail_id),
            str(document["winbooks_id"]),
            _kind(entry, screen),
            _state(entry, screen),
            str(entry.attempts),
            _why(entry, screen),
        )
    none = Text(screen.text("cli.mail.none"))
    return Answer(document={"mails": documents}, results=(table if entries else none,))


def _in_json(portal: Portal, entry: OutboxEntry, screen: Screen) -> dict[str, object]:
    user = portal.storage.run(lambda unit: unit.users.find(entry.user_id))
    return {
        "id": str(entry.mail_id),
        "winbooks_id": None if user is None else str(user.winbooks_id),
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


def _kind(entry: OutboxEntry, screen: Screen) -> str:
    return screen.text(f"cli.mail_kind.{entry.kind.value}")


def _state(entry: OutboxEntry, screen: Screen) -> str:
    return screen.text(f"cli.mail_state.{entry.state.value}")


def _why(entry: OutboxEntry, screen: Screen) -> str:
    return "" if entry.reason is None else reason_in_words(entry.reason, screen)
