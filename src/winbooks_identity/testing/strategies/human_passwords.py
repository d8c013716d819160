"""
Which passwords do people in Belgian offices choose when a rule forces them?

Random text never meets what a strength estimate or a list of words is for: of
5,000 random strings that follow the Portal's rule none is weak.  These are: a
word, a number and a mark.
"""

from collections.abc import Callable
from typing import Final, Literal, TypeAlias

from hypothesis import strategies as st


__all__ = ["HumanLocale", "human_passwords"]

HumanLocale: TypeAlias = Literal["nl-BE", "fr-BE"]
"""
Whose habits: Dutch or French speakers in Belgium.
"""

#: What both language groups choose: the keyboard, the software, the other
#: language's greeting, first names, football clubs.
_SHARED: Final = (
    *("Azerty", "Qwerty", "Azertyuiop", "WinBooks", "Winbooks", "Admin"),
    *("Welkom", "Bonjour", "Welcome", "Portal", "Belgium", "Brussel"),
    *("Emma", "Louise", "Lucas", "Anderlecht", "Standard", "Excel"),
)

_WORDS: Final[dict[HumanLocale, tuple[str, ...]]] = {
    "nl-BE": (
        *("Wachtwoord", "Paswoord", "Geheim", "Kantoor", "Boekhouding"),
        *("Boekhouder", "Accountant", "Hallo", "Lente", "Zomer", "Herfst"),
        *("Winter", "Januari", "Februari", "Maart", "April", "Mei", "Juni"),
        *("Juli", "Augustus", "September", "Oktober", "November", "December"),
        *("Vlaanderen", "Antwerpen", "Gent", "Leuven", "Maandag", "Vrijdag"),
    ),
    "fr-BE": (
        *("Motdepasse", "Secret", "Bureau", "Fiduciaire", "Comptable"),
        *("Compta", "Salut", "Soleil", "Printemps", "Ete", "Automne", "Hiver"),
        *("Janvier", "Fevrier", "Mars", "Avril", "Mai", "Juin", "Juillet"),
        *("Aout", "Septembre", "Octobre", "Novembre", "Decembre"),
        *("Wallonie", "Bruxelles", "Namur", "Liege", "Lundi", "Vendredi"),
    ),
}

#: Firms are named after what they do, or after their founders.
_FIRMS: Final = ("Fidu", "Fiscaal", "Conta", "Peeters", "Janssens", "Dubois", "Audit")

_NUMBERS: Final = ("1", "12", "123", "1234", "12345", "01", "007", "1000", "2000")
_MARKS: Final = ("", "!", "?", ".", "*", "@", "#", "$", "!!")
_SUBSTITUTES: Final[tuple[dict[int, int], ...]] = (
    {},
    str.maketrans("aeio", "@310"),
    str.maketrans("ao", "40"),
)


def human_passwords(locale: HumanLocale = "nl-BE") -> st.SearchStrategy[str]:
    """
    Return a strategy for passwords as people make them; no policy is asked.

    One or two words of the office and the season, a year or a row of digits,
    and a mark at the end.
    """
    words = st.sampled_from((*_WORDS[locale], *_SHARED, *_FIRMS))
    years = st.integers(1950, 2035).map(str)
    return st.builds(
        _made,
        st.lists(words, min_size=1, max_size=2),
        years | years.map(lambda year: year[2:]) | st.sampled_from(_NUMBERS),
        st.sampled_from(_MARKS),
        style=st.sampled_from((str, str.lower, str.upper)),
        substitutes=st.sampled_from(_SUBSTITUTES),
    )


def _made(
    words: list[str],
    number: str,
    mark: str,
    *,
    style: Callable[[str], str],
    substitutes: dict[int, int],
) -> str:
    return style("".join(words).translate(substitutes) + number + mark)
