"""
How are licences, and what products know of their users, kept in memory?
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import final
from uuid import UUID

import attrs

from ...dossier import Dossier, DossierNumber, LicenceNumber
from ...licence import Licence
from ...product_links import LinkedProduct, ProductLink
from ...refusals import (
    UnknownDossiers,
    UnknownLicence,
)
from ...services.registration import additions
from .state import Place, State


__all__ = ["Licences", "ProductLinks"]


@final
@attrs.frozen
class Licences:
    """
    Licences and their dossiers, in dictionaries.
    """

    _state: State

    def register(self, licence: Licence, dossiers: Sequence[Dossier]) -> bool:
        number = licence.number
        stored = self._state.licences.get(number)
        stored_dossiers = self._state.dossiers.get(number, {})
        new = additions(
            licence, dossiers, stored=stored, stored_dossiers=stored_dossiers
        )
        self._state.licences[number] = licence
        self._state.dossiers[number] = stored_dossiers | {
            dossier.number: dossier for dossier in new
        }
        return stored is None or bool(new)

    def save(self, licence: Licence, dossiers: Sequence[Dossier]) -> None:
        number = licence.number
        if number not in self._state.licences:
            raise UnknownLicence
        named = {dossier.number: dossier for dossier in dossiers}
        if unknown := self.unknown(number, named.keys()):
            raise UnknownDossiers(tuple(sorted(unknown)))
        self._state.licences[number] = licence
        self._state.dossiers[number] = self._state.dossiers[number] | named

    def remove_dossier(self, number: LicenceNumber, dossier: DossierNumber) -> None:
        if self._state.dossiers.get(number, {}).pop(dossier, None) is None:
            raise UnknownDossiers((dossier,))

    def find(self, number: LicenceNumber) -> Licence | None:
        return self._state.licences.get(number)

    def numbers(self) -> Sequence[LicenceNumber]:
        return sorted(self._state.licences)

    def dossiers(self, number: LicenceNumber) -> Sequence[Dossier]:
        stored = self._state.dossiers.get(number, {})
        return [stored[each] for each in sorted(stored)]

    def unknown(
        self, number: LicenceNumber, dossiers: AbstractSet[DossierNumber]
    ) -> AbstractSet[DossierNumber]:
        return dossiers - self._state.dossiers.get(number, {}).keys()


@final
@attrs.frozen
class ProductLinks:
    """
    What products know of users, in a dictionary.
    """

    _state: State

    def put(self, link: ProductLink) -> None:
        self._state.product_links[_place_of(link)] = link

    def find(
        self, licence: LicenceNumber, product: LinkedProduct, place: str
    ) -> ProductLink | None:
        return self._state.product_links.get((licence, product, place))

    def of_user(self, user_id: UUID) -> Sequence[ProductLink]:
        links = self._state.product_links.values()
        return sorted(
            (link for link in links if link.user_id == user_id),
            key=lambda link: (link.product.value, link.place),
        )

    def remove(self, link: ProductLink) -> None:
        self._state.product_links.pop(_place_of(link), None)


def _place_of(link: ProductLink) -> Place:
    return link.licence, link.product, link.place
