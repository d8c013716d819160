"""
How do users look on a screen and in JSON?
"""

from collections.abc import Iterable
from typing import Final, cast

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from ..forms.new_user import NewUser
from ..plain import plain, plain_fields
from ..portal_user import PortalUser, Status
from .screen import Screen


__all__ = ["in_words", "people_table", "person_in_json", "status_of"]


#: What is known of a person before and after they are stored.
_SHOWN: Final = (
    "winbooks_id",
    "level",
    "status",
    "first_name",
    "last_name",
    "company_name",
    "phone",
    "language",
    "dossiers",
    "roles",
    "notify_all_dossiers",
)


#: Columns that names, levels and status take beside an ID.
_BESIDE: Final = 44


def people_table(
    screen: Screen,
    people: Iterable[tuple[NewUser | PortalUser, Text]],
    *,
    last_column: str,
) -> RenderableType:
    """
    Return a table of people: ID, name, level, status, and a text for each.

    Companies are left out of a terminal that is too narrow for them; levels and
    status are, where the text is a result.  Where IDs are so long that the rest would
    be pushed out of such a terminal, it stands below each ID.
    """
    people = list(people)
    is_narrow = screen.is_narrow
    shows_last = last_column != "company_name" or not is_narrow
    shows_rest = last_column == "company_name" or not is_narrow
    rest = ("level", "status") if shows_rest else ()
    last = (last_column,) if shows_last else ()
    longest = max((len(str(person.winbooks_id)) for person, _ in people), default=0)
    if is_narrow and longest > screen.out.width - _BESIDE:
        return Group(
            *(
                Text("\n  ").join(
                    [
                        Text(str(person.winbooks_id), "bold"),
                        Text(", ").join(
                            [
                                Text(f"{person.first_name} {person.last_name}"),
                                *(map(Text, _rest(person, screen)) if rest else ()),
                                *((text,) if shows_last else ()),
                            ]
                        ),
                    ]
                )
                for person, text in people
            )
        )
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold"
    )
    # An ID is copied, so it stays on one line; names and companies give way.
    for code in ("winbooks_id", "name", *rest, *last):
        gives_way = code in {"name", "company_name"}
        table.add_column(
            screen.text(f"cli.column.{code}"), no_wrap=not gives_way, overflow="fold"
        )
    for person, text in people:
        table.add_row(
            str(person.winbooks_id),
            f"{person.first_name} {person.last_name}",
            *(_rest(person, screen) if shows_rest else ()),
            *((text,) if shows_last else ()),
        )
    return table


def _rest(person: NewUser | PortalUser, screen: Screen) -> tuple[str, str]:
    level = person.level.label(screen.language, translator=screen.translator)
    return level, status_of(person, screen)


def status_of(person: NewUser | PortalUser, screen: Screen) -> str:
    """
    Return whether *person* can sign in, or will be able to.
    """
    return screen.text(
        "cli.status.active" if _is_active(person) else "cli.status.inactive"
    )


def person_in_json(person: NewUser | PortalUser) -> dict[str, object]:
    """
    Return what is known of *person*, by the names of the form, without a secret.
    """
    status = Status.ACTIVE if _is_active(person) else Status.INACTIVE
    known = {**plain_fields(person), "status": plain(status)}
    return {field: known[field] for field in _SHOWN}


def in_words(value: object, screen: Screen, *, between: str = "\n") -> str:
    """
    Return a value of a document for people; *between* stands between those of a list.
    """
    match value:
        case bool():
            return screen.text("cli.yes" if value else "cli.no")
        case list():
            return between.join(map(str, cast("list[object]", value)))
        case _:
            return "" if value is None else str(value)


def _is_active(person: NewUser | PortalUser) -> bool:
    return person.activate if isinstance(person, NewUser) else person.is_active
