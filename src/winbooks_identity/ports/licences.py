"""
Where are licences, their dossiers, and what products know of their users?
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Protocol
from uuid import UUID

from ..dossier import Dossier, DossierNumber, LicenceNumber
from ..licence import Licence
from ..product_links import LinkedProduct, ProductLink


__all__ = ["Licences", "ProductLinks"]


class Licences(Protocol):
    """
    The licences and their dossiers, inside a unit of work.
    """

    def register(self, licence: Licence, dossiers: Sequence[Dossier]) -> bool:
        """
        Register *licence* and *dossiers*; what is there already stays.

        Returns whether anything was new.

        Raises:
            LicenceDiffers: the licence or a dossier is registered with other
                data; nothing was changed.
        """
        ...

    def save(self, licence: Licence, dossiers: Sequence[Dossier]) -> None:
        """
        Store *licence* and *dossiers* in place of those with their numbers.  [S41]

        Dossiers that are not named stay as they are.

        Raises:
            UnknownLicence: there is none with that number.
            UnknownDossiers: the licence has none with such a number; nothing was
                changed.
        """
        ...

    def remove_dossier(self, number: LicenceNumber, dossier: DossierNumber) -> None:
        """
        Remove a dossier of a licence that no user can open any more.  [S51]

        A unit of work that gives a user access to it at the same time fails, or this
        one does, with `StorageBusy`.

        Raises:
            UnknownDossiers: the licence has none with that number.
        """
        ...

    def find(self, number: LicenceNumber) -> Licence | None:
        """
        Return the licence with that number.
        """
        ...

    def numbers(self) -> Sequence[LicenceNumber]:
        """
        Return the numbers of all licences, in code point order.
        """
        ...

    def dossiers(self, number: LicenceNumber) -> Sequence[Dossier]:
        """
        Return the dossiers of the licence with that number, by their numbers.
        """
        ...

    def unknown(
        self, number: LicenceNumber, dossiers: AbstractSet[DossierNumber]
    ) -> AbstractSet[DossierNumber]:
        """
        Return which of *dossiers* are not in the licence with that number.
        """
        ...


class ProductLinks(Protocol):
    """
    The WinBooks IDs that were entered in products, inside a unit of work.
    """

    def put(self, link: ProductLink) -> None:
        """
        Store *link*, in place of what its place in the product held.  [R9]

        Whether its user is there is not checked.
        """
        ...

    def find(
        self, licence: LicenceNumber, product: LinkedProduct, place: str
    ) -> ProductLink | None:
        """
        Return the link that this place of a product in a licence holds.
        """
        ...

    def of_user(self, user_id: UUID) -> Sequence[ProductLink]:
        """
        Return the links of that user by product and place.
        """
        ...

    def remove(self, link: ProductLink) -> None:
        """
        Empty the place of *link*.
        """
        ...
