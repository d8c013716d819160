"""
How are the WinBooks IDs that were entered in products kept in a table?
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final, final
from uuid import UUID

import attrs
from sqlalchemy import Row, bindparam, delete, select

from ...dossier import LicenceNumber
from ...product_links import LinkedProduct, ProductLink
from ...winbooks_id import WinBooksId
from .schema import PRODUCT_LINK
from .statements import Statements
from .writes import insert_or_replace


__all__ = ["ProductLinks"]

_AT_PLACE: Final = (
    (PRODUCT_LINK.c.licence == bindparam("of_licence"))
    & (PRODUCT_LINK.c.product == bindparam("of_product"))
    & (PRODUCT_LINK.c.place == bindparam("at_place"))
)
_PUT: Final = insert_or_replace(PRODUCT_LINK)
_SELECT: Final = select(PRODUCT_LINK).where(_AT_PLACE)
_DELETE: Final = delete(PRODUCT_LINK).where(_AT_PLACE)
_SELECT_OF_USER: Final = select(PRODUCT_LINK).where(
    PRODUCT_LINK.c.user_id == bindparam("user_id")
)


@final
@attrs.frozen
class ProductLinks:
    """
    The WinBooks IDs that were entered in products, inside a transaction.
    """

    _statements: Statements

    def put(self, link: ProductLink) -> None:
        """
        Store *link*, in place of what its place in the product held.  [R9]
        """
        self._statements.run(_PUT, _row(link))

    def find(
        self, licence: LicenceNumber, product: LinkedProduct, place: str
    ) -> ProductLink | None:
        """
        Return the link that this place of a product in a licence holds.
        """
        row = self._statements.row(_SELECT, _place(licence, product, place))
        return None if row is None else _read(row)

    def of_user(self, user_id: UUID) -> Sequence[ProductLink]:
        """
        Return the links of that user by product and place.
        """
        found = self._statements.rows(_SELECT_OF_USER, {"user_id": user_id})
        return sorted(
            map(_read, found), key=lambda link: (link.product.value, link.place)
        )

    def remove(self, link: ProductLink) -> None:
        """
        Empty the place of *link*.
        """
        self._statements.run(_DELETE, _place(link.licence, link.product, link.place))


def _place(
    licence: LicenceNumber, product: LinkedProduct, place: str
) -> Mapping[str, object]:
    return {"of_licence": licence, "of_product": product.value, "at_place": place}


def _row(link: ProductLink) -> Mapping[str, object]:
    return {
        "licence": link.licence,
        "product": link.product.value,
        "place": link.place,
        "windows_user": link.windows_user,
        "user_id": link.user_id,
        "winbooks_id": link.winbooks_id.address,
        "linked_at": link.linked_at,
    }


def _read(row: Row[Any]) -> ProductLink:
    return ProductLink(
        product=LinkedProduct(row.product),
        licence=row.licence,
        windows_user=row.windows_user,
        user_id=row.user_id,
        winbooks_id=WinBooksId(row.winbooks_id),
        linked_at=row.linked_at,
    )
