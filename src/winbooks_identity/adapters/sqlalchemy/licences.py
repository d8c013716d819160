"""
How are licences and their dossiers kept in tables?
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final, final

import attrs
from sqlalchemy import bindparam, delete, select

from ...dossier import Dossier, DossierNumber, LicenceNumber
from ...licence import Licence
from ...refusals import UnknownDossiers, UnknownLicence
from ...services.registration import additions
from . import rows
from .schema import DOSSIER, LICENCE
from .statements import Statements
from .writes import insert_if_absent, insert_or_replace


__all__ = ["Licences"]

_INSERT: Final = insert_if_absent(LICENCE)
_REPLACE: Final = insert_or_replace(LICENCE)
_SELECT: Final = select(LICENCE).where(LICENCE.c.number == bindparam("number"))

_SELECT_NUMBERS: Final = select(LICENCE.c.number)

#: Registrations of one licence wait for each other; its users do not wait.
_LOCK: Final = _SELECT.with_for_update(key_share=True)

_INSERT_DOSSIER: Final = insert_if_absent(DOSSIER)
_REPLACE_DOSSIER: Final = insert_or_replace(DOSSIER)
_DELETE_DOSSIER: Final = (
    delete(DOSSIER)
    .where(DOSSIER.c.licence == bindparam("of_licence"))
    .where(DOSSIER.c.number == bindparam("of_number"))
    .returning(DOSSIER.c.number)
)
_SELECT_DOSSIERS: Final = select(DOSSIER).where(
    DOSSIER.c.licence == bindparam("licence")
)
_SELECT_KNOWN: Final = select(DOSSIER.c.number).where(
    DOSSIER.c.licence == bindparam("licence"),
    DOSSIER.c.number.in_(bindparam("numbers", expanding=True)),
)

#: Dossiers in one question; far below the parameters that any driver takes.
_BATCH: Final = 500


@final
@attrs.frozen
class Licences:
    """
    The licences and their dossiers, inside a transaction.
    """

    _statements: Statements

    def register(self, licence: Licence, dossiers: Sequence[Dossier]) -> bool:
        """
        Register *licence* and *dossiers*; what is there already stays.

        Raises:
            LicenceDiffers: something is registered with other data.
        """
        number = licence.number
        if self.find(number) is None:
            # Dossiers that contradict each other are refused before one is written.
            additions(licence, dossiers, stored=None, stored_dossiers={})
        is_new = self._statements.row(_INSERT, rows.licence_row(licence)) is not None
        (stored,) = self._statements.rows(_LOCK, {"number": number})
        new = additions(
            licence,
            dossiers,
            stored=None if is_new else rows.read_licence(stored),
            stored_dossiers={each.number: each for each in self.dossiers(number)},
        )
        for dossier in new:
            self._statements.run(_INSERT_DOSSIER, rows.dossier_row(number, dossier))
        return is_new or bool(new)

    def save(self, licence: Licence, dossiers: Sequence[Dossier]) -> None:
        """
        Store *licence* and *dossiers* in place of those with their numbers.

        Raises:
            UnknownLicence: there is none with that number.
            UnknownDossiers: the licence has none with such a number.
        """
        number = licence.number
        if self._statements.row(_LOCK, {"number": number}) is None:
            raise UnknownLicence
        unknown = self.unknown(number, {dossier.number for dossier in dossiers})
        if unknown:
            raise UnknownDossiers(tuple(sorted(unknown)))
        self._statements.run(_REPLACE, rows.licence_row(licence))
        for dossier in dossiers:
            self._statements.run(_REPLACE_DOSSIER, rows.dossier_row(number, dossier))

    def remove_dossier(self, number: LicenceNumber, dossier: DossierNumber) -> None:
        """
        Remove a dossier of a licence that no user can open any more.

        Raises:
            UnknownDossiers: the licence has none with that number.
        """
        place = {"of_licence": number, "of_number": dossier}
        if self._statements.row(_DELETE_DOSSIER, place) is None:
            raise UnknownDossiers((dossier,))

    def find(self, number: LicenceNumber) -> Licence | None:
        """
        Return the licence with that number.
        """
        row = self._statements.row(_SELECT, {"number": number})
        return None if row is None else rows.read_licence(row)

    def numbers(self) -> Sequence[LicenceNumber]:
        """
        Return the numbers of all licences, in code point order.
        """
        # A database would sort text by the customs of some country.
        return sorted(row.number for row in self._statements.rows(_SELECT_NUMBERS))

    def dossiers(self, number: LicenceNumber) -> Sequence[Dossier]:
        """
        Return the dossiers of the licence with that number, by their numbers.
        """
        found = self._statements.rows(_SELECT_DOSSIERS, {"licence": number})
        # A database would sort text by the customs of some country.
        return sorted(map(rows.read_dossier, found), key=lambda each: each.number)

    def unknown(
        self, number: LicenceNumber, dossiers: AbstractSet[DossierNumber]
    ) -> AbstractSet[DossierNumber]:
        """
        Return which of *dossiers* are not in the licence with that number.
        """
        asked, known = list(dossiers), set[str]()
        for start in range(0, len(asked), _BATCH):
            batch = {"licence": number, "numbers": asked[start : start + _BATCH]}
            known.update(
                row.number for row in self._statements.rows(_SELECT_KNOWN, batch)
            )
        return dossiers - known
