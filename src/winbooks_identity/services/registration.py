"""
What is new when a licence is registered, and what contradicts what is stored?
"""

from collections.abc import Iterator, Mapping, Sequence

from ..dossier import Dossier, DossierNumber
from ..licence import Licence
from ..refusals import LicenceDiffers


__all__ = ["additions"]


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


def _differing(stored: Licence, given: Licence) -> Iterator[str]:
    if stored.product is not given.product:
        yield "product"
    if stored.holder != given.holder:
        yield "holder"
    if stored.language is not given.language:
        yield "language"
