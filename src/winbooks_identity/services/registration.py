"""
What is new when a licence is registered, and what contradicts what is stored?
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Self, final

import attrs

from ..dossier import Dossier, DossierNumber
from ..licence import Licence
from ..refusals import LicenceDiffers


__all__ = ["Revision", "additions", "revision"]


def additions(
    licence: Licence,
    dossiers: Sequence[Dossier],
    *,
    stored: Licence | None,
    stored_dossiers: Mapping[DossierNumber, Dossier],
) -> Sequence[Dossier]:
    """
    Return which of *dossiers* are not stored yet, each once.  [R32]

    Args:
        licence: what is to be registered.
        dossiers: what is to be registered with it.
        stored: the licence with that number, if there is one.
        stored_dossiers: its dossiers by their numbers.

    Raises:
        LicenceDiffers: something is registered already, with other data.
    """
    together = dict(stored_dossiers)
    for dossier in dossiers:
        together.setdefault(dossier.number, dossier)
    differing = [] if stored is None else list(_differing(stored, licence))
    if any(together[dossier.number] != dossier for dossier in dossiers):
        differing.append("dossiers")
    if differing:
        raise LicenceDiffers(tuple(differing))
    return [
        dossier for number, dossier in together.items() if number not in stored_dossiers
    ]


@final
@attrs.frozen(kw_only=True)
class Revision:
    """
    What a licence and its dossiers, as they are to be, make of those that are stored.

    Args:
        licence: the licence as it is to be.
        before: the licence as it is stored; `None` for a new one.
        added: the dossiers that are not stored yet.
        renamed: the dossiers that get another name: before, and after.
        unnamed: the stored dossiers that were not named; they stay.
    """

    licence: Licence
    before: Licence | None
    added: tuple[Dossier, ...] = ()
    renamed: tuple[tuple[Dossier, Dossier], ...] = ()
    unnamed: tuple[Dossier, ...] = ()

    @property
    def fields(self) -> Sequence[str]:
        """
        Return the names of the licence's fields that change.
        """
        return (
            [] if self.before is None else list(_differing(self.before, self.licence))
        )

    @property
    def contradicts(self) -> bool:
        """
        Tell whether something that is stored gets another value.
        """
        return bool(self.fields or self.renamed)

    @property
    def additions_only(self) -> Self:
        """
        Return this without what contradicts what is stored.
        """
        return attrs.evolve(self, licence=self.before or self.licence, renamed=())


def revision(
    licence: Licence,
    dossiers: Sequence[Dossier],
    *,
    stored: Licence | None,
    stored_dossiers: Mapping[DossierNumber, Dossier],
) -> Revision:
    """
    Return what *licence* and *dossiers* make of those that are stored.  [S50]

    Raises:
        LicenceDiffers: the licence is one of another product.
    """
    if stored is not None and stored.product is not licence.product:
        raise LicenceDiffers(("product",))
    named = {dossier.number: dossier for dossier in dossiers}
    return Revision(
        licence=licence,
        before=stored,
        added=tuple(each for each in dossiers if each.number not in stored_dossiers),
        renamed=tuple(
            (stored_dossiers[number], dossier)
            for number, dossier in named.items()
            if number in stored_dossiers and stored_dossiers[number] != dossier
        ),
        unnamed=tuple(
            each for number, each in stored_dossiers.items() if number not in named
        ),
    )


def _differing(stored: Licence, given: Licence) -> Iterator[str]:
    if stored.product is not given.product:
        yield "product"
    if stored.holder != given.holder:
        yield "holder"
    if stored.language is not given.language:
        yield "language"
