"""
How are licences and their dossiers kept by Django?
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import final

import attrs

from ...dossier import Dossier
from ...licence import Licence
from ...refusals import UnknownDossiers, UnknownLicence
from ...services.registration import additions
from . import models
from .rows import row_of, value_of
from .transactions import Transaction


__all__ = ["Licences"]


@final
@attrs.frozen
class Licences:
    """
    The licences and their dossiers.
    """

    _unit: Transaction

    def register(self, licence: Licence, dossiers: Sequence[Dossier]) -> bool:
        number = licence.number
        with self._unit.savepoint():
            stored, is_new = self._unit.rows(models.Licence).get_or_create(
                number=number, defaults=row_of(licence)
            )
            new = additions(
                licence,
                dossiers,
                stored=value_of(Licence, stored),
                stored_dossiers={each.number: each for each in self.dossiers(number)},
            )
            self._unit.rows(models.Dossier).bulk_create(
                [models.Dossier(licence=number, **row_of(dossier)) for dossier in new]
            )
        return is_new or bool(new)

    def save(self, licence: Licence, dossiers: Sequence[Dossier]) -> None:
        number = licence.number
        stored = self._unit.rows(models.Licence).filter(number=number)
        if not stored.exists():
            raise UnknownLicence
        if unknown := self.unknown(number, {each.number for each in dossiers}):
            raise UnknownDossiers(tuple(sorted(unknown)))
        stored.update(**row_of(licence))
        for each in dossiers:
            rows = self._unit.rows(models.Dossier)
            rows.filter(licence=number, number=each.number).update(name=each.name)

    def remove_dossier(self, number: str, dossier: str) -> None:
        rows = self._unit.rows(models.Dossier)
        removed, _ = rows.filter(licence=number, number=dossier).delete()
        if not removed:
            raise UnknownDossiers((dossier,))

    def find(self, number: str) -> Licence | None:
        row = self._unit.rows(models.Licence).filter(number=number).first()
        return None if row is None else value_of(Licence, row)

    def numbers(self) -> Sequence[str]:
        rows = self._unit.rows(models.Licence)
        # A database would sort text by the customs of some country.
        return sorted(rows.values_list("number", flat=True))

    def dossiers(self, number: str) -> Sequence[Dossier]:
        rows = self._unit.rows(models.Dossier).filter(licence=number)
        # A database would sort text by the customs of some country.
        return sorted(
            (value_of(Dossier, row) for row in rows), key=lambda dossier: dossier.number
        )

    def unknown(self, number: str, dossiers: AbstractSet[str]) -> AbstractSet[str]:
        rows = self._unit.rows(models.Dossier).filter(licence=number)
        return dossiers - set(rows.values_list("number", flat=True))
