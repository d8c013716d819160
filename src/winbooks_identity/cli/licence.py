"""
How are licences and their dossiers looked at and changed?
"""

from collections.abc import Callable, Sequence
from typing import Annotated, TypeAlias, final

import attrs
from cyclopts import Parameter
from rich import box
from rich.table import Table
from rich.text import Text

from ..authorization import Actor
from ..dossier import Dossier, LicenceNumber
from ..fields import Fields
from ..licence import Licence
from ..names import CompanyName
from ..portal import Portal
from . import options
from .acting import actor_in, whoever_acts
from .answer import Answer
from .opening import opened
from .options import ActingAs, Database, DryRun, KeyFile, OnScreen, Operator
from .screen import Screen


__all__ = [
    "DossierNumber",
    "Place",
    "add_dossier",
    "in_json",
    "list_licences",
    "rename",
    "rename_dossier",
    "show",
]

DossierNumber = Annotated[str, Parameter(help="cli.option.dossier_number")]
"""
The number of a dossier.
"""

DossierName = Annotated[str, Parameter(help="cli.option.dossier_name")]
"""
The name of a dossier.
"""


_State: TypeAlias = tuple[Licence, Sequence[Dossier]]


@final
@Parameter(name="*")
@attrs.frozen(kw_only=True)
class Place:
    """
    Which licence of which database is meant, and in whose name.
    """

    database: Database
    key_file: KeyFile = None
    licence: options.LicenceNumber = None
    acting_as: ActingAs = None
    operator: Operator = None

    def actor(self, portal: Portal) -> tuple[Actor, LicenceNumber]:
        """
        Return who acts, and the licence that they act on.

        Raises:
            Invalid, UnknownUser, UnknownLicence: as `whoever_acts`.
        """
        by = whoever_acts(
            portal,
            acting_as=self.acting_as,
            licence=self.licence,
            operator=self.operator,
        )
        return by, portal.provisioning.licence(by=by).number


def list_licences(
    *,
    database: Database,
    key_file: KeyFile = None,
    acting_as: ActingAs = None,
    screen: OnScreen,
) -> Answer:
    """
    List the licences; a user sees their own.
    """
    with opened(database, key_file=key_file) as portal:
        if acting_as is None:
            found = portal.storage.read(
                lambda unit: [*map(unit.licences.find, unit.licences.numbers())]
            )
        else:
            found = [portal.provisioning.licence(by=actor_in(portal, acting_as))]
    licences = [each for each in found if each is not None]
    table = _table(screen, "licence", "holder", "product", "language")
    for each in licences:
        table.add_row(
            each.number, str(each.holder), each.product.value, each.language.value
        )
    return Answer(
        document={"licences": [in_json(each) for each in licences]}, results=(table,)
    )


def show(*, place: Place, screen: OnScreen) -> Answer:
    """
    Show a licence and its dossiers, as far as the one who acts may see them.
    """
    with opened(place.database, key_file=place.key_file) as portal:
        by, _ = place.actor(portal)
        licence = portal.provisioning.licence(by=by)
        dossiers = portal.provisioning.dossiers(by=by)
    return _shown(licence, dossiers, screen)


def rename(
    holder: Annotated[str, Parameter(help="cli.option.holder")],
    /,
    *,
    place: Place,
    dry_run: DryRun = False,
    screen: OnScreen,
) -> Answer:
    """
    Give the holder of a licence another name.
    """
    fields = Fields({"holder": holder})
    name = fields.read("holder", CompanyName.parse)
    fields.raise_if_any()

    def work(portal: Portal, by: Actor, number: LicenceNumber) -> None:
        portal.licences.rename(number, name.value, by=by)

    return _changed(work, place, screen, dry_run=dry_run)


def add_dossier(
    number: DossierNumber,
    name: DossierName,
    /,
    *,
    place: Place,
    dry_run: DryRun = False,
    screen: OnScreen,
) -> Answer:
    """
    Add a dossier to a licence.
    """
    dossier = Dossier.parse({"number": number, "name": name})

    def work(portal: Portal, by: Actor, licence: LicenceNumber) -> None:
        portal.licences.add_dossier(licence, dossier, by=by)

    return _changed(work, place, screen, dry_run=dry_run)


def rename_dossier(
    number: DossierNumber,
    name: DossierName,
    /,
    *,
    place: Place,
    dry_run: DryRun = False,
    screen: OnScreen,
) -> Answer:
    """
    Give a dossier another name; access to it stays.
    """
    dossier = Dossier.parse({"number": number, "name": name})

    def work(portal: Portal, by: Actor, licence: LicenceNumber) -> None:
        portal.licences.rename_dossier(licence, dossier, by=by)

    return _changed(work, place, screen, dry_run=dry_run)


def _changed(
    work: Callable[[Portal, Actor, LicenceNumber], None],
    place: Place,
    screen: Screen,
    *,
    dry_run: bool,
) -> Answer:
    """
    Change the licence, or rehearse it, and show it as it is then.
    """

    def change(portal: Portal) -> tuple[_State, _State]:
        by, number = place.actor(portal)
        before = _state(portal, by)
        work(portal, by, number)
        return before, _state(portal, by)

    with opened(place.database, key_file=place.key_file) as portal:
        before, after = portal.rehearse(change) if dry_run else change(portal)
    answer = _shown(*after, screen, dry_run=dry_run)
    if dry_run:
        return answer
    code = "cli.licence.unchanged" if before == after else "cli.licence.changed"
    said = Text(screen.text(code), "bold")
    return attrs.evolve(answer, results=(*answer.results, said))


def _state(portal: Portal, by: Actor) -> _State:
    reading = portal.provisioning
    return reading.licence(by=by), reading.dossiers(by=by)


def _shown(
    licence: Licence,
    dossiers: Sequence[Dossier],
    screen: Screen,
    *,
    dry_run: bool | None = None,
) -> Answer:
    fields = Table(box=box.SIMPLE, show_header=False, pad_edge=False)
    for field, value in in_json(licence).items():
        code = "licence" if field == "number" else field
        fields.add_row(screen.text(f"cli.column.{code}"), value)
    table = _table(screen, "dossier", "name")
    for each in dossiers:
        table.add_row(each.number, str(each.name))
    plan = (Text(screen.text("cli.provision.nothing_done"), "bold"),)
    said = {} if dry_run is None else {"dry_run": dry_run}
    return Answer(
        document={
            **said,
            "licence": in_json(licence),
            "dossiers": [
                {"number": each.number, "name": str(each.name)} for each in dossiers
            ],
        },
        results=(fields, table, *(plan if dry_run else ())),
    )


def in_json(licence: Licence) -> dict[str, str]:
    """
    Return *licence* for programs.
    """
    return {
        "number": licence.number,
        "holder": str(licence.holder),
        "product": licence.product.value,
        "language": licence.language.value,
    }


def _table(screen: Screen, *columns: str) -> Table:
    table = Table(
        box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1), header_style="bold"
    )
    for column in columns:
        table.add_column(screen.text(f"cli.column.{column}"), overflow="fold")
    return table
