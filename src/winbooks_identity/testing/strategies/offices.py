"""
Which licences and dossiers does an office have?
"""

from string import ascii_letters, digits

from hypothesis import strategies as st

from ...dossier import MAX_LENGTH, Dossier
from ...language import Language
from ...licence import Licence, Product
from .people import company_names


__all__ = ["dossiers", "licences", "numbers"]

_LETTERS_AND_DIGITS = digits + ascii_letters


def numbers() -> st.SearchStrategy[str]:
    """
    Return a strategy for numbers of licences and dossiers.
    """
    first = st.sampled_from(_LETTERS_AND_DIGITS)
    rest = st.text(_LETTERS_AND_DIGITS + "._/-", max_size=MAX_LENGTH - 1)
    return st.builds("{}{}".format, first, rest)


def licences(*, product: Product | None = None) -> st.SearchStrategy[Licence]:
    """
    Return a strategy for licences, of *product* if it is given.
    """
    return st.builds(
        Licence,
        number=numbers(),
        product=st.sampled_from(Product) if product is None else st.just(product),
        holder=company_names(),
        language=st.sampled_from(Language),
    )


def dossiers() -> st.SearchStrategy[Dossier]:
    """
    Return a strategy for dossiers.
    """
    return st.builds(Dossier, number=numbers(), name=company_names())
