"""
How are the WinBooks IDs kept that were entered in products?
"""

from collections.abc import Sequence
from typing import Final, final
from uuid import UUID

import attrs
from sqlalchemy import bindparam, delete, insert, select

from ...product_links import LinkedProduct, ProductLink
from . import rows
from .schema import PRODUCT_LINK
from .statements import Statements


__all__ = ["ProductLinks"]

_IN_PLACE: Final = (
    PRODUCT_LINK.c.licence == bindparam("in_licence"),
    PRODUCT_LINK.c.product == bindparam("in_product"),
    PRODUCT_LINK.c.place == bindparam("in_place"),
)
_INSERT: Final = insert(PRODUCT_LINK)
_DELETE: Final = delete(PRODUCT_LINK).where(*_IN_PLACE)
_SELECT: Final = select(PRODUCT_LINK).where(*_IN_PLACE)
_SELECT_OF_USER: Final = (
    select(PRODUCT_LINK)
    .where(PRODUCT_LINK.c.user_id == bindparam("user_id"))
    .order_by(PRODUCT_LINK.c.product, PRODUCT_LINK.c.place)
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
        self.remove(link)
        self._statements.run(_INSERT, rows.link_row(link))

    def find(
        self, licence: str, product: LinkedProduct, place: str
    ) -> ProductLink | None:
        """
        Return the link that this place of a product in a licence holds.
        """
        row = self._statements.row(_SELECT, _place(licence, product, place))
        return None if row is None else rows.read_link(row)

    def of_user(self, user_id: UUID) -> Sequence[ProductLink]:
        """
        Return the links of that user by product and place.
        """
        found = self._statements.rows(_SELECT_OF_USER, {"user_id": user_id})
        return [rows.read_link(row) for row in found]

    def remove(self, link: ProductLink) -> None:
        """
        Empty the place of *link*.
        """
        self._statements.run(_DELETE, _place(link.licence, link.product, link.place))


def _place(licence: str, product: LinkedProduct, place: str) -> dict[str, object]:
    return {"in_licence": licence, "in_product": product.value, "in_place": place}
