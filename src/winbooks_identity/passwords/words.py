"""
Which words does a guesser in a Belgian accounting firm try first?

The lists are short on purpose and were made for this library: what people put
before a year and an exclamation mark. They are written without accents, in
lower case, as `folded` spells them.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from types import MappingProxyType
from typing import Final
from unicodedata import normalize


__all__ = ["WORD_LISTS", "covered", "digest", "folded", "personal_words", "words_of"]

_NL_BE: Final = """
januari februari maart april mei juni juli augustus september oktober november
december lente zomer herfst winter maandag dinsdag woensdag donderdag vrijdag
zaterdag zondag vandaag morgen welkom hallo goedendag wachtwoord paswoord geheim
login toegang gebruiker beheerder boekhouding boekhouder boekhoudkantoor accountant
accountancy fiscaal fiscaliteit belasting belastingen aangifte factuur facturen
kantoor bureau bedrijf firma dossier klant klanten computer internet belgie
vlaanderen antwerpen brussel brugge gent hasselt kortrijk leuven mechelen oostende
turnhout roeselare aalst genk anderlecht clubbrugge voetbal fiets liefde schatje
"""

_FR_BE: Final = """
janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
printemps ete automne hiver lundi mardi mercredi jeudi vendredi samedi dimanche
aujourdhui demain bienvenue bonjour salut motdepasse passe secret connexion acces
utilisateur administrateur comptabilite comptable fiduciaire fiscal fiscalite impot
impots declaration facture factures bureau societe entreprise dossier client clients
ordinateur internet belgique wallonie bruxelles liege namur mons charleroi tournai
arlon verviers dinant waterloo wavre standard anderlecht football velo amour cherie
soleil doudou
"""

_EN: Final = """
january february march april june july august september october november december
spring summer autumn winter monday tuesday wednesday thursday friday saturday sunday
today tomorrow welcome hello password passphrase secret login access user admin
administrator accounting accountant bookkeeping invoice invoices office company
dossier client customer computer internet belgium flanders wallonia brussels antwerp
ghent bruges letmein changeme default master temp test qwerty football love sunshine
"""

#: Rows, columns and runs of the Belgian keyboard, and of the telephone's.
_KEYBOARD: Final = """
azerty azertyuiop qsdf qsdfg qsdfgh qsdfghjkl qsdfghjklm wxcv wxcvb wxcvbn aze qsd wxc
aqw zsx edc aqwzsx poiuy mlkjh nbvcx qwerty qwertz asdf asdfgh zxcvbn 123 1234 12345
123456 1234567 12345678 123456789 1234567890 987654321 654321 4321 321 147258369 147
258 369 abc abcd abcde abcdef abc123 000 0000 111 1111 007 aaa zzz xyz
"""

_PRODUCTS: Final = """
winbooks winbook winbooksid winbooksonweb winbooksconnect winbooksview winbooksclassic
classic onweb connect view portal portaal virtualinvoice logistics assistant exact
exactonline octopus yuki billit codabox isabel intervat biztax finprof taxonweb
microsoft windows office outlook excel teams google gmail apple iphone samsung
"""

_YEARS: Final = " ".join(map(str, range(1940, 2050)))

#: Every list by its name.
WORD_LISTS: Final = MappingProxyType(
    {
        "nl-BE": _NL_BE,
        "fr-BE": _FR_BE,
        "en": _EN,
        "keyboard": _KEYBOARD,
        "products": _PRODUCTS,
        "years": _YEARS,
    }
)

#: What people type for a letter, thinking that no one expects it.
_SUBSTITUTES: Final = str.maketrans("@4803!|1$57+", "aaboeiiisstt")

#: Shorter parts of a name are no words (MS-SAMR, 3.1.1.7.2).
_SHORTEST_NAME: Final = 3


#: Letters that Unicode does not take apart, and what keyboards without them write.
_PLAIN_LETTERS: Final = str.maketrans("łøđðıœæßþħŧŋĸ", "loddioasthtnk")

#: Letters that people also write as two.
_TWO_LETTERS: Final = {
    **dict.fromkeys("äæ", "ae"),
    **dict.fromkeys("öøœ", "oe"),
    "ü": "ue",
    "å": "aa",
    "ß": "ss",
    "þ": "th",
    "ŋ": "ng",
}


def folded(text: str) -> str:
    """
    Return *text* in lower case without accents, character by character.

    It has as many characters as *text*, so that places in both are the same.
    """
    letters = (normalize("NFKD", character)[0].lower()[0] for character in text)
    return "".join(letters).translate(_PLAIN_LETTERS)


@cache
def words_of(names: tuple[str, ...]) -> frozenset[str]:
    """
    Return the words of the lists with these names.
    """
    return frozenset(word for name in names for word in WORD_LISTS[name].split())


@cache
def digest(name: str) -> str:
    """
    Return a name for what the list called *name* holds in this version.
    """
    from hashlib import sha256

    return sha256(WORD_LISTS[name].encode()).hexdigest()[:16]


def personal_words(texts: Iterable[str]) -> frozenset[str]:
    """
    Return the words in *texts* about a person: names, an address, a company.

    A single string counts as one text.  Each is taken as it is written, and split at
    every character that is neither letter nor digit; its words are taken forwards,
    backwards and in one piece, in both plain spellings of letters such as ü.
    """
    found: set[str] = set()
    for text in (texts,) if isinstance(texts, str) else texts:
        for spelled in {folded(text), folded(_in_two_letters(text))}:
            tokens = "".join(c if c.isalnum() else " " for c in spelled).split()
            for word in (spelled, *tokens, "".join(tokens)):
                if len(word) >= _SHORTEST_NAME:
                    found.update((word, word[::-1]))
    return frozenset(found)


def _in_two_letters(text: str) -> str:
    composed = normalize("NFKC", text).lower()
    return "".join(_TWO_LETTERS.get(character, character) for character in composed)


def covered(text: str, words: Iterable[str]) -> frozenset[int]:
    """
    Return the places in *text* that some of *words* cover.

    A word is found in either case, with or without its accents, and with the
    usual digits and signs in the place of letters.
    """
    plain = folded(text)
    spellings = {plain, plain.translate(_SUBSTITUTES)}
    return frozenset(
        place
        for spelling in spellings
        for word in words
        for start in _occurrences(spelling, word)
        for place in range(start, start + len(word))
    )


def _occurrences(text: str, word: str) -> Iterator[int]:
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + 1)
