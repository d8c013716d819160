"""
Which subscription does a user belong to, and what does its product decide?
"""

from collections.abc import Mapping
from enum import Enum
from typing import Final, Self, final

import attrs

from .dossier import LicenceNumber, parse_number
from .errors import Invalid
from .fields import Fields
from .language import Language
from .names import CompanyName
from .problems import NotOneOf, Problem, text_problem


__all__ = ["Licence", "Product"]


@final
class Product(Enum):
    """
    The accounting product of a licence; it decides how its users are made.

    [R34, R35]

    >>> Product.parse("on Web")
    <Product.ON_WEB: 'WinBooks on Web'>
    """

    CLASSIC = "WinBooks Classic"
    ON_WEB = "WinBooks on Web"

    @classmethod
    def check(cls, text: str) -> tuple[Problem, ...]:
        """
        Return why *text* names no product; empty means that it names one.
        """
        if problems := text_problem(text):
            return problems
        if _folded(text) in _BY_SPELLING:
            return ()
        return (NotOneOf(", ".join(product.value for product in cls)),)

    @classmethod
    def parse(cls, text: str) -> Self:
        """
        Return the product that *text* names, with or without "WinBooks".

        Raises:
            Invalid: *text* names no product.
        """
        if problems := cls.check(text):
            raise Invalid(problems)
        return cls(_BY_SPELLING[_folded(text)])


def _folded(text: str) -> str:
    letters = "".join(filter(str.isalnum, text.casefold()))
    return letters.removeprefix("winbooks")


_BY_SPELLING: Final = {_folded(product.value): product for product in Product}


@final
@attrs.frozen(kw_only=True)
class Licence:
    """
    The subscription of one licence holder (nl *licentie*, fr *licence*).

    The creation form shows `holder`, the full name of the firm; no one types
    a licence there.  [R31]

    >>> licence = Licence.parse(
    ...     {
    ...         "number": "WB-1",
    ...         "product": "WinBooks Classic",
    ...         "holder": "Fiduciaire Peeters",
    ...         "language": "nl",
    ...     }
    ... )
    >>> str(licence.holder)
    'Fiduciaire Peeters'

    Raises:
        Invalid: *number* cannot be one.
    """

    number: LicenceNumber
    product: Product
    holder: CompanyName
    language: Language

    def __attrs_post_init__(self) -> None:
        parse_number(self.number)

    @classmethod
    def parse(cls, raw: Mapping[str, object]) -> Self:
        """
        Return the licence that *raw* describes by its four fields.

        Raises:
            InvalidFields: with every problem of every field.
        """
        return cls.read(Fields(raw))

    @classmethod
    def read(cls, fields: Fields) -> Self:
        """
        Return what *fields* say; afterwards they have the good values of a bad form.

        Raises:
            InvalidFields: with every problem of every field.
        """
        number = fields.read("number", parse_number)
        product = fields.read("product", Product.parse)
        holder = fields.read("holder", CompanyName.parse)
        language = fields.read("language", Language.parse)
        fields.raise_if_any()
        return cls(
            number=number.value,
            product=product.value,
            holder=holder.value,
            language=language.value,
        )
