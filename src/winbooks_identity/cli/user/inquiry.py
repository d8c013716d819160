"""
What is kept of a user, and what happened to them?
"""

from collections.abc import Callable, Mapping, Sequence
from typing import final
from uuid import UUID

import attrs
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ...authorization import Actor, sees
from ...errors import Invalid, InvalidFields, Refused
from ...events import Event
from ...plain import Json, plain, plain_fields
from ...portal import Portal
from ...problems import Problem
from ..acting import whoever_acts
from ..answer import Answer, in_json, reasons
from ..console import in_json_text
from ..exit_code import ExitCode
from ..narrow import below
from ..opening import opened
from ..options import LicenceNumber, OnScreen, Standby
from ..screen import Screen
from .carrying_out import Actors, look_up
from .options import Users, Whom
from .report import change_in_words, place_of
from .whom import Target, targets


__all__ = ["Found", "export", "history", "of_all"]


@final
@attrs.frozen
class Found:
    """
    What is answered of one user: a document, and what people see.

    `heading` is whom it is about, where no WinBooks ID was typed.
    """

    document: Mapping[str, object]
    shown: RenderableType
    heading: str | None = None


def export(
    whom: Whom = None,
    /,
    *,
    users: Users,
    standby: Standby = None,
    screen: OnScreen,
) -> Answer:
    """
    Show all that is kept of users, as JSON, for the people themselves.
    """

    def ask(portal: Portal, target: Target, actors: Actors) -> Found:
        user, by = look_up(portal, target, actors)
        kept: Mapping[str, Json] = portal.reports.export(user, by=by)
        return Found({"data": kept}, Text(in_json_text(kept, indent=2)))

    return of_all(whom, users, ask, screen, standby=standby)


def history(
    whom: Whom = None,
    /,
    *,
    users: Users,
    standby: Standby = None,
    licence: LicenceNumber = None,
    screen: OnScreen,
) -> Answer:
    """
    Show what happened to users, and who did it.

    An erased user is named by the internal key that user show --json shows.
    """

    def ask(portal: Portal, target: Target, actors: Actors) -> Found:
        key, heading = _internal_key(target.text), target.text
        if key is None:
            user, by = look_up(portal, target, actors)
            key = user.id
        else:
            by = whoever_acts(
                portal,
                acting_as=users.acting_as,
                licence=licence,
                operator=users.operator,
            )
        events = portal.reports.history(key, by=by)
        authors = _authors(portal, events, by)
        document = [_event_in_json(event, authors) for event in events]
        return Found(
            {"id": str(key), "events": document},
            _told(events, authors, screen),
            heading=None if target.is_id else heading,
        )

    return of_all(whom, users, ask, screen, standby=standby)


@final
@attrs.frozen(kw_only=True)
class _Asked:
    target: Target
    found: Found | None = None
    problems: tuple[tuple[str | None, Problem], ...] = ()


def of_all(
    whom: Whom,
    users: Users,
    ask: Callable[[Portal, Target, Actors], Found],
    screen: Screen,
    *,
    standby: str | None = None,
) -> Answer:
    """
    Return what *ask* finds of each user who is meant.
    """
    named = targets(whom, users.source)
    with opened(users.database, key_file=users.key_file, standby=standby) as portal:
        actors = Actors(portal, users)
        asked = [_ask(portal, target, actors, ask) for target in named]
    is_fine = all(each.found for each in asked)
    return Answer(
        code=ExitCode.DONE if is_fine else ExitCode.REFUSED,
        document={"people": [_in_json(each, screen) for each in asked]},
        results=tuple(
            part
            for each in asked
            if each.found
            for part in (Text(_heading(each, screen), "bold"), each.found.shown)
        ),
        words=tuple(
            Text(f"{place_of(each.target, screen)}  {screen.message(problem)}", "red")
            for each in asked
            for _, problem in each.problems
        ),
    )


def _ask(
    portal: Portal,
    target: Target,
    actors: Actors,
    ask: Callable[[Portal, Target, Actors], Found],
) -> _Asked:
    try:
        return _Asked(target=target, found=ask(portal, target, actors))
    except (Invalid, InvalidFields, Refused) as no:
        return _Asked(target=target, problems=tuple(reasons(no)))


def _in_json(asked: _Asked, screen: Screen) -> Mapping[str, object]:
    target = asked.target
    return {
        "winbooks_id": target.id.address if target.is_id else None,
        "line": target.line,
        "problems": [in_json(problem, screen) for _, problem in asked.problems],
        **(asked.found.document if asked.found else {}),
    }


def _heading(asked: _Asked, screen: Screen) -> str:
    named = asked.found and asked.found.heading
    return named or place_of(asked.target, screen)


def _internal_key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _authors(portal: Portal, events: Sequence[Event], by: Actor) -> Mapping[UUID, str]:
    """
    Return the WinBooks IDs of those who took steps, as far as *by* may see them.
    """
    keys = {event.by for event in events if isinstance(event.by, UUID)}
    found = portal.storage.read(lambda unit: unit.users.find_all(keys))
    return {user.id: user.winbooks_id.address for user in found if sees(by, user)}


def _author_in_words(event: Event, authors: Mapping[UUID, str], screen: Screen) -> str:
    """
    Return who took a step: a token of an identity provider has a name, too.
    """
    if isinstance(event.by, UUID):
        return _author(event, authors)
    outsider = screen.text(f"cli.author.{event.by.value}")
    return f"{event.operator} ({outsider})" if event.operator else outsider


def _author(event: Event, authors: Mapping[UUID, str]) -> str:
    who = str(plain(event.by))
    if isinstance(event.by, UUID):
        return authors.get(event.by, who)
    return f"{who} ({event.operator})" if event.operator else who


def _event_in_json(event: Event, authors: Mapping[UUID, str]) -> Mapping[str, object]:
    return {
        "at": event.at.isoformat(),
        "version": event.version,
        "step": event.step.value,
        "by": _author(event, authors),
        "changes": [plain_fields(each) for each in event.changes],
    }


def _told(
    events: Sequence[Event], authors: Mapping[UUID, str], screen: Screen
) -> RenderableType:
    rows = [
        (
            screen.moment(event.at),
            event.step.label(screen.language, translator=screen.translator),
            _author_in_words(event, authors, screen),
            [change_in_words(each, screen) for each in event.changes],
        )
        for event in events
    ]
    if screen.is_narrow:
        # No ID is broken in two: each change has a line of its own.
        return Group(
            *(
                below(Text(f"{at}  {step}  {by}"), *map(Text, changed))
                for at, step, by, changed in rows
            )
        )
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold"
    )
    for column in ("at", "step", "by", "detail"):
        table.add_column(screen.text(f"cli.column.{column}"), overflow="fold")
    for at, step, by, changed in rows:
        table.add_row(at, step, by, "\n".join(changed))
    return table
