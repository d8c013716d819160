"""
How do a licence and its dossiers change after they were registered?
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import final

import attrs

from .. import authorization, system
from ..authorization import Actor
from ..dossier import Dossier, DossierNumber, LicenceNumber
from ..licence import Licence
from ..names import CompanyName
from ..ports import Storage, UnitOfWork
from ..refusals import NotAuthorised, UnknownLicence
from .closing import Closed, close
from .registration import Revision, revision


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
        clock: tells the present, in UTC.
    """

    def __init__(
        self, storage: Storage, *, clock: Callable[[], datetime] = system.now
    ) -> None:
        self._storage = storage
        self._clock = clock

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

    def close_dossier(
        self, number: LicenceNumber, dossier: DossierNumber, *, by: Actor
    ) -> Closed:
        """
        Remove a dossier; access to it and its notices go, with history.  [S41, S51]

        End customers whose only dossier it is are deactivated: they can be activated
        again once they have another one.

        Raises:
            UnknownDossiers: the licence has none with that number.
        """
        _ensure_may_change(by, number)
        at = self._clock()

        def work(unit: UnitOfWork) -> Closed:
            _registered(unit, number)
            return close(unit, number, dossier, by=by, at=at)

        return self._storage.run(work)

    def revise(
        self, licence: Licence, dossiers: Sequence[Dossier] = (), *, by: Actor
    ) -> Revision:
        """
        Give a licence and *dossiers* the names and the language that they have here.

        Dossiers that are new are added; those that are not named stay.  Returns what
        was made of what was stored.  [S41, S50]

        Raises:
            LicenceDiffers: it is stored as a licence of another product.
        """
        _ensure_may_change(by, licence.number)

        def work(unit: UnitOfWork) -> Revision:
            stored = _registered(unit, licence.number)
            known = {
                each.number: each for each in unit.licences.dossiers(licence.number)
            }
            revised = revision(licence, dossiers, stored=stored, stored_dossiers=known)
            unit.licences.register(stored, revised.added)
            unit.licences.save(licence, [after for _, after in revised.renamed])
            return revised

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
