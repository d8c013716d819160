"""
How do a licence and its dossiers change after they were registered?
"""

from collections.abc import Sequence
from typing import final

import attrs

from .. import authorization
from ..authorization import Actor
from ..dossier import Dossier, LicenceNumber
from ..licence import Licence
from ..names import CompanyName
from ..ports import Storage, UnitOfWork
from ..refusals import NotAuthorised, UnknownLicence


__all__ = ["LicenceService"]


@final
class LicenceService:
    """
    Changes licences and their dossiers, for WinBooks and the distributor.  [S41]

    Every step raises, besides what it says itself:

    * `TypeError`: *by* is no `Actor`;
    * `NotAuthorised`: *by* may not take it;
    * `UnknownLicence`: the licence is not registered;
    * `StorageBusy`: nothing was done, call again; `OutcomeUnknown`: look again.

    Args:
        storage: where everything is kept.
    """

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def rename(
        self, number: LicenceNumber, holder: CompanyName, *, by: Actor
    ) -> Licence:
        """
        Give the holder of a licence another name, and return the licence.  [S41]

        Users keep the company that they were made with.
        """
        return self._change(number, (), holder=holder, by=by)

    def rename_dossier(
        self, number: LicenceNumber, dossier: Dossier, *, by: Actor
    ) -> None:
        """
        Give a dossier the name that *dossier* has; access to it stays.  [S41]

        Raises:
            UnknownDossiers: the licence has none with its number.
        """
        self._change(number, [dossier], by=by)

    def add_dossier(
        self, number: LicenceNumber, dossier: Dossier, *, by: Actor
    ) -> bool:
        """
        Add *dossier* to a licence; tell whether it was new.  [S41]

        Raises:
            LicenceDiffers: there is one with its number and another name.
        """
        _ensure_may_change(by, number)

        def work(unit: UnitOfWork) -> bool:
            return unit.licences.register(_registered(unit, number), [dossier])

        return self._storage.run(work)

    def _change(
        self,
        number: LicenceNumber,
        dossiers: Sequence[Dossier],
        *,
        holder: CompanyName | None = None,
        by: Actor,
    ) -> Licence:
        _ensure_may_change(by, number)

        def work(unit: UnitOfWork) -> Licence:
            licence = _registered(unit, number)
            if holder is not None:
                licence = attrs.evolve(licence, holder=holder)
            unit.licences.save(licence, dossiers)
            return licence

        return self._storage.run(work)


def _ensure_may_change(by: Actor, number: LicenceNumber) -> None:
    if problems := authorization.check_licence_change(by, number):
        raise NotAuthorised(problems)


def _registered(unit: UnitOfWork, number: LicenceNumber) -> Licence:
    licence = unit.licences.find(number)
    if licence is None:
        raise UnknownLicence
    return licence
