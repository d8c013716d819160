"""
What is kept of a user, what happened to them, and why can they open something?
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, TypeAlias, final
from uuid import UUID

import attrs
from cyclopts import Parameter
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ...authorization import Actor, sees
from ...errors import Invalid, InvalidFields, Refused
from ...events import Event
from ...explain import DIGITAL_PRODUCTS, Explanation
from ...explain import explain as explain_access
from ...plain import Json, plain, plain_fields
from ...portal import Portal
from ...problems import Notice, Problem
from ..acting import whoever_acts
from ..answer import Answer, in_json, reasons
from ..console import in_json_text
from ..exit_code import ExitCode
from ..opening import opened
from ..options import LicenceNumber, OnScreen
from ..screen import Screen
from .carrying_out import Actors, look_up
from .options import Users, Whom
from .report import change_in_words, place_of
from .whom import Target, targets


__all__ = ["explain", "export", "history"]

Found: TypeAlias = tuple[Mapping[str, object], RenderableType]
"""
What is answered of one user: a document, and what people see.
"""


def export(whom: Whom = None, /, *, users: Users, screen: OnScreen) -> Answer:
    """
    Show all that is kept of users, as JSON, for the people themselves.
    """

    def ask(portal: Portal, target: Target, actors: Actors) -> Found:
        user, by = look_up(portal, target, actors)
        kept: Mapping[str, Json] = portal.administration.export(user, by=by)
        return {"data": kept}, Text(in_json_text(kept, indent=2))

    return _of_all(whom, users, ask, screen)


def history(
    whom: Whom = None,
    /,
    *,
    users: Users,
    licence: LicenceNumber = None,
    screen: OnScreen,
) -> Answer:
    """
    Show what happened to users, and who did it.

    An erased user is named by the internal key that user show --json shows.
    """

    def ask(portal: Portal, target: Target, actors: Actors) -> Found:
        key = _internal_key(target.text)
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
        events = portal.administration.history(key, by=by)
        authors = _authors(portal, events, by)
        document = [_event_in_json(event, authors) for event in events]
        return {"id": str(key), "events": document}, _told(events, authors, screen)

    return _of_all(whom, users, ask, screen)


def explain(
    whom: Whom = None,
    /,
    *,
    dossier: Annotated[
        tuple[str, ...], Parameter(name="--dossier", help="cli.option.explained")
    ] = (),
    users: Users,
    screen: OnScreen,
) -> Answer:
    """
    Say why users can open a dossier or the digital products, or what is missing.
    """

    def ask(portal: Portal, target: Target, actors: Actors) -> Found:
        user, _ = look_up(portal, target, actors)
        asked = dossier or (DIGITAL_PRODUCTS,)
        answers = {subject: explain_access(user, subject) for subject in asked}
        shown = [_reasons(subject, each, screen) for subject, each in answers.items()]
        document = [
            {
                "subject": subject,
                "has_access": each.has_access,
                "granted": [in_json(notice, screen) for notice in each.granted],
                "missing": [in_json(notice, screen) for notice in each.missing],
            }
            for subject, each in answers.items()
        ]
        return {"answers": document}, Group(*shown)

    return _of_all(whom, users, ask, screen)


@final
@attrs.frozen(kw_only=True)
class _Asked:
    target: Target
    found: Found | None = None
    problems: tuple[tuple[str | None, Problem], ...] = ()


def _of_all(
    whom: Whom,
    users: Users,
    ask: Callable[[Portal, Target, Actors], Found],
    screen: Screen,
) -> Answer:
    named = targets(whom, users.source)
    with opened(users.database, key_file=users.key_file) as portal:
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
            for part in (Text(place_of(each.target, screen), "bold"), each.found[1])
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
        **(asked.found[0] if asked.found else {}),
    }


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
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold"
    )
    for column in ("at", "step", "by", "detail"):
        table.add_column(screen.text(f"cli.column.{column}"), overflow="fold")
    for event in events:
        table.add_row(
            screen.moment(event.at),
            event.step.label(screen.language, translator=screen.translator),
            _author(event, authors),
            "\n".join(change_in_words(each, screen) for each in event.changes),
        )
    return table


def _reasons(subject: str, explanation: Explanation, screen: Screen) -> RenderableType:
    def lines(notices: Sequence[Notice], sign: str, style: str) -> list[Text]:
        return [Text(f"  {sign} {screen.message(each)}", style) for each in notices]

    name = (
        screen.text("cli.user.digital_products")
        if subject == DIGITAL_PRODUCTS
        else subject
    )
    return Group(
        Text(name),
        *lines(explanation.granted, "+", "green"),
        *lines(explanation.missing, "-", "red"),
    )
