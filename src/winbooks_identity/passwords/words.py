"""
Which words does a guesser in a Belgian accounting firm try first?

The lists are short on purpose and were made for this library: what people put
before a year and an exclamation mark. They are written without accents, in
lower case, as `folded` spells them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final
from unicodedata import category, normalize


__all__ = [
    "ROUGHLY",
    "WORD_LISTS",
    "covered",
    "digest",
    "folded",
    "personal_words",
    "words_of",
]

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
classic onweb connect view portal portaal portail virtualinvoice virtual invoice power
poweruser accountant entrepreneur administrator administrateur logistics assistant exact
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

#: What people type for a letter, thinking that no one expects it: the substitutions
#: that zxcvbn looks through, and the euro sign.
_SIGNS: Final = dict(
    zip(
        "abcegilostxz",
        ("4@", "8", "({[<", "3€", "69", "1!|", "1|7", "0", "$5", "+7", "%", "2"),
        strict=True,
    )
)

#: All that may stand for one another is written as one letter.
ROUGHLY: Final = str.maketrans(
    {
        each: "i" if letter in "ilt" else letter
        for letter, signs in _SIGNS.items()
        for each in letter + signs
    }
)
_EVERY_SIGN: Final = frozenset("".join(_SIGNS.values()))

#: Shorter parts of a name are no words (MS-SAMR, 3.1.1.7.2).
_SHORTEST_NAME: Final = 3

#: How letters that Unicode does not take apart are written where keyboards lack them,
#: and how they and others are also written.
_AS_ONE: Final = dict(
    zip("łøđðıœæßþħŧŋĸəɛɔɓɗƙƴɲɣȷ", "loddioasthtnkeeobdkyngj", strict=True)
)
_AS_TWO: Final = dict(zip("æœßþ", ("ae", "oe", "ss", "th"), strict=True))
_OTHERWISE: Final = dict(
    zip("äöøüåŋə", ("ae", "oe", "oe", "ue", "aa", "ng", "a"), strict=True)
)

#: Every way in which a whole text is written without such letters.
_SPELLINGS: Final = (_AS_ONE, _AS_ONE | _AS_TWO, _AS_ONE | _AS_TWO | _OTHERWISE)


def folded(text: str) -> str:
    """
    Return *text* in lower case without accents.
    """
    return "".join(_plain(character, _AS_ONE) for character in text)


def _plain(character: str, letters: Mapping[str, str]) -> str:
    """
    Return what is written for *character* where there are no accents; for one, nothing.
    """
    lower = normalize("NFKC", character).lower()
    if lower in letters:
        return letters[lower]
    return "".join(
        letters.get(part, part)
        for part in normalize("NFKD", lower)
        if category(part)[0] != "M"
    )


@cache
def words_of(names: tuple[str, ...]) -> frozenset[str]:
    """
    Return the words of the lists with these names.
    """
    return frozenset(word for name in names for word in WORD_LISTS[name].split())


def _with_rough(words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """
    Return each word, and how it is written with one letter for all that look alike.
    """
    return tuple((word, word.translate(ROUGHLY)) for word in words)


@cache
def _words_and_rough(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return _with_rough(words_of(names))


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
        for spelled, _ in _readings(normalize("NFC", text)):
            tokens = "".join(c if c.isalnum() else " " for c in spelled).split()
            for word in (spelled, *tokens, "".join(tokens)):
                if len(word) >= _SHORTEST_NAME:
                    found.update((word, word[::-1]))
    return frozenset(found)


def covered(text: str, words: Iterable[str]) -> frozenset[int]:
    """
    Return the places in *text* that some of *words* cover.

    A word is found in either case, with or without its accents, in both plain
    spellings of its letters, and with the usual digits and signs in their place.
    """
    return _covered(text, _with_rough(words))


def covered_by_lists(text: str, names: tuple[str, ...]) -> frozenset[int]:
    """
    Return the places in *text* that a word of the lists with these names covers.
    """
    return _covered(text, _words_and_rough(names))


def _covered(text: str, words: Sequence[tuple[str, str]]) -> frozenset[int]:
    return frozenset(
        place
        for letters, places in _readings(text)
        for start, end in _occurrences(letters, words)
        # An accent within a word that is a character of its own is covered with it.
        for place in range(places[start], places[end - 1] + 1)
    )


def _readings(text: str) -> Iterator[tuple[str, Sequence[int]]]:
    """
    Yield *text* in each plain spelling, and for each letter its place in *text*.
    """
    if text.isascii():
        yield text.lower(), range(len(text))
        return
    seen: set[str] = set()
    for letters in _SPELLINGS:
        parts = [_plain(character, letters) for character in text]
        spelled = "".join(parts)
        if spelled not in seen:
            seen.add(spelled)
            yield spelled, [at for at, part in enumerate(parts) for _ in part]


def _occurrences(
    text: str, words: Iterable[tuple[str, str]]
) -> Iterator[tuple[int, int]]:
    """
    Yield where each of *words* begins and ends in *text*, as often as it is there.

    Most words are not there at all, and ``in`` finds that out at the least cost.
    """
    if _EVERY_SIGN.isdisjoint(text):
        for word, _ in words:
            if word in text:
                for start in _starts(text, word):
                    yield start, start + len(word)
        return
    rough = text.translate(ROUGHLY)
    for word, roughly in words:
        if roughly in rough:
            for start in _starts(rough, roughly):
                written = zip(text[start:], word, strict=False)
                if all(c == one or c in _SIGNS.get(one, "") for c, one in written):
                    yield start, start + len(word)


def _starts(text: str, word: str) -> Iterator[int]:
    start = text.find(word)
    while start >= 0:
        yield start
        start = text.find(word, start + 1)
