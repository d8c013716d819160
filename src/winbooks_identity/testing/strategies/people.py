"""
Which names and phone numbers do the people around an office have?
"""

from typing import Final

from hypothesis import strategies as st

from ...names import CompanyName, PersonName
from ...phone import PhoneNumber


__all__ = ["company_names", "person_names", "phone_numbers"]

#: What programs that split, trim or capitalise names get wrong.
_PERSONS: Final = (
    *("Ada", "Jan", "Anne-Marie", "Marie Claire", "Jean-François", "Zoë", "Bo"),
    *("Ng", "O", "De Smet", "de Smet", "van der Straeten", "Vanden Eynde"),
    *("D'Hondt", "d’Udekem", "O’Brien", "Peeters-Dubois", "Müller", "Łukasz"),
    *("Nguyễn", "Đặng", "Ивано́в", "Σωκράτης", "محمد", "王小明", "dos Santos Jr."),
)
_PERSON_LETTERS: Final = (
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZéèëïöüçàñß"
)

_COMPANIES: Final = (
    *("Fiduciaire Dubois", "Kantoor Peeters BV", "C&A", "3M", "H&M", "2dehands"),
    *("Bakkerij 't Hoekje", "L'Écho SRL", "Janssens & Zonen", "100 % Bio VOF"),
    *("Boekhouding: Van Acker", "Société (en liquidation)", "№ 5", "株式会社"),
)

#: After the country code: fixed and mobile numbers of Belgium, and neighbours.
_PREFIXES: Final = ("+322", "+3247", "+3248", "+329", "+3120", "+331", "+35226")


def person_names() -> st.SearchStrategy[PersonName]:
    """
    Return a strategy for first and last names.
    """
    word = st.text(_PERSON_LETTERS, min_size=1, max_size=15)
    built = st.tuples(word, st.sampled_from((" ", "-", "'", "’")), word).map("".join)
    return (st.sampled_from(_PERSONS) | word | built).map(PersonName.parse)


def company_names() -> st.SearchStrategy[CompanyName]:
    """
    Return a strategy for the names of firms and of their clients.
    """
    forms = st.sampled_from(("BV", "NV", "VOF", "SRL", "SA", "ASBL"))
    named = st.builds("{} {}".format, st.sampled_from(_PERSONS), forms)
    return (st.sampled_from(_COMPANIES) | named).map(CompanyName.parse)


def phone_numbers() -> st.SearchStrategy[PhoneNumber]:
    """
    Return a strategy for phone numbers with their country code.

    They are well formed; whether one is in use is not known.
    """
    rest = st.integers(100_000, 9_999_999).map(str)
    numbers = st.builds("{}{}".format, st.sampled_from(_PREFIXES), rest)
    return numbers.filter(lambda text: not PhoneNumber.check(text)).map(PhoneNumber)
