"""
Which passwords do people in Belgian offices choose when a rule forces them?

A word or two of the office and the season, a year or a row of digits, and a mark at
the end. They are made up here, after what is known of such habits: they are no one's.
"""

from collections.abc import Callable, Iterator, Sequence
from math import gcd, prod
from typing import Final, Literal, TypeAlias


__all__ = [
    "MARKS",
    "NUMBERS",
    "STYLES",
    "SUBSTITUTES",
    "HumanLocale",
    "habitual",
    "made",
    "words_of_habit",
]

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

NUMBERS: Final = ("1", "12", "123", "1234", "12345", "01", "007", "1000", "2000")
MARKS: Final = ("", "!", "?", ".", "*", "@", "#", "$", "!!")
SUBSTITUTES: Final[tuple[dict[int, int], ...]] = (
    {},
    str.maketrans("aeio", "@310"),
    str.maketrans("ao", "40"),
)

#: How a whole password is written.
STYLES: Final[tuple[Callable[[str], str], ...]] = (str, str.lower, str.upper)

#: The years that people are born in, or live in: with four digits and with two.
_YEARS: Final = tuple(map(str, range(1950, 2036)))

#: Where the choices of each language begin, so that they share few.
_STARTS: Final[dict[HumanLocale, int]] = {"nl-BE": 0, "fr-BE": 499_979}

#: A stride that visits distant choices one after the other.
_STRIDE: Final = 1_000_003


def words_of_habit(locale: HumanLocale) -> tuple[str, ...]:
    """
    Return the words that passwords are made of: places, seasons, firms and others.
    """
    return (*_WORDS[locale], *_SHARED, *_FIRMS)


def made(
    words: Sequence[str],
    number: str,
    mark: str,
    *,
    style: Callable[[str], str],
    substitutes: dict[int, int],
) -> str:
    """
    Return the password that people make of these parts.
    """
    return style("".join(words).translate(substitutes) + number + mark)


def habitual(locale: HumanLocale, number: int) -> Iterator[str]:
    """
    Yield *number* such passwords, the same every time, spread over all of them.

    Every other one has two words.
    """
    words = words_of_habit(locale)
    numbers = (*_YEARS, *(year[2:] for year in _YEARS), *NUMBERS)
    parts = (words, words, numbers, MARKS, STYLES, SUBSTITUTES)
    sizes = [len(part) for part in parts]
    total = prod(sizes)
    stride = next(n for n in range(_STRIDE, 2 * _STRIDE) if gcd(n, total) == 1)
    for place in range(number):
        rest, chosen = (_STARTS[locale] + place * stride) % total, list[int]()
        for size in sizes:
            rest, choice = divmod(rest, size)
            chosen.append(choice)
        first, second, digits, mark, style, substitutes = chosen
        yield made(
            [words[first], words[second]][: 1 + place % 2],
            numbers[digits],
            MARKS[mark],
            style=STYLES[style],
            substitutes=SUBSTITUTES[substitutes],
        )
