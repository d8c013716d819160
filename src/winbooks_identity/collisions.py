"""
Which users of an existing table would share a WinBooks ID, or seem to?

Nothing is merged: whether two accounts are one person is for people to say.
The look-alikes follow the idea of the skeleton in Unicode Technical Standard
39, with a small table of our own.  It covers what Latin letters, digits and
Cyrillic and Greek letters in domains share in most fonts: ``1 I l``, ``0 O``,
``rn m``, ``vv w`` and the letters in `_TWIN_LETTERS`.  It does not cover accents,
other scripts, or letters that only some fonts draw alike.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import Final, final

import attrs

from .errors import Invalid
from .winbooks_id import WinBooksId


__all__ = ["Account", "Collision", "Likeness", "find_collisions", "skeleton"]


@final
class Likeness(Enum):
    """
    How sure it is that a collision is one.

    Twins have the same WinBooks ID, in other spellings.  [R4]  Look-alikes and
    variants are different WinBooks IDs and stay so; variants differ in dots, in
    tags behind a plus sign, or in the two names of Gmail's domain, which some
    providers deliver to one mailbox.
    """

    TWINS = "twins"
    LOOK_ALIKES = "look_alikes"
    VARIANTS = "variants"


@final
@attrs.frozen
class Account:
    """
    A row of the table: what it is called there, and its address as it stands.
    """

    identifier: str
    address: str = attrs.field(repr=False)


@final
@attrs.frozen(kw_only=True)
class Collision:
    """
    Accounts that could be one person, and which of them we would keep.

    The survivor is suggested by its address alone: one that can be a WinBooks
    ID before one that cannot, one without a tag before one with, and then the
    first in the table.  Who signed in last is not known here.

    Of accounts that are twins, only the survivor stands in the collisions of
    look-alikes and variants.
    """

    likeness: Likeness
    accounts: tuple[Account, ...]

    @property
    def survivor(self) -> Account:
        """
        Return the account that we would keep.
        """
        return min(self.accounts, key=_doubts)


def find_collisions(rows: Iterable[tuple[str, str]]) -> Iterator[Collision]:
    """
    Yield the collisions among *rows*, each an identifier and an address.

    The rows are gone through once and may come from a cursor.  A row takes
    some 200 bytes of memory, so a million of them fit anywhere.  Blanks around
    an address and what else makes it no WinBooks ID do not stop the search; a row
    without an address collides with none.
    """
    first: dict[int, str] = {}
    several: dict[int, list[str]] = {}
    for identifier, address in rows:
        if not address.strip():
            continue
        # One text takes half the memory of a pair.
        row = f"{len(identifier)}:{identifier}{address}"
        # Rows that share a hash by chance are separated at the end.
        bucket = hash(skeleton(_without_variation(_key(address))))
        if bucket in several:
            several[bucket].append(row)
        elif bucket in first:
            several[bucket] = [first[bucket], row]
        else:
            first[bucket] = row
    for rows_alike in several.values():
        yield from _collisions([_account(row) for row in rows_alike])


def skeleton(key: str) -> str:
    """
    Return what *key*, the key of a WinBooks ID, looks like.

    Two that look alike have the same skeleton; it is no address.
    """
    local, at, domain = key.rpartition("@")
    if "xn--" in domain:
        domain = _shown(domain)
    drawn = f"{local}{at}{domain}".translate(_TWIN_LETTERS)
    return drawn.replace("rn", "m").replace("vv", "w")


#: Letters that most fonts draw alike, by the one that stands for them.  A small
#: i stands with l: typed as a capital, nothing tells it from that.
_TWIN_LETTERS: Final = str.maketrans(
    {
        twin: letter
        for letter, twins in {
            "a": "\u0430\u03b1",
            "c": "\u0441\u03f2",
            "d": "\u0501",
            "e": "\u0435",
            "h": "\u04bb",
            "j": "\u0458\u03f3",
            "k": "\u043a\u03ba",
            "l": "1i|\u0131\u0456\u03b9\u04cf",
            "o": "0\u043e\u03bf",
            "p": "\u0440\u03c1",
            "q": "\u051b",
            "r": "\u0433",
            "s": "\u0455",
            "u": "\u03c5",
            "v": "\u03bd\u0475",
            "w": "\u051d",
            "x": "\u0445\u03c7",
            "y": "\u0443\u03b3",
        }.items()
        for twin in twins
    }
)


#: Domains that deliver to the mailboxes of another one.
_OTHER_NAMES: Final = {"googlemail.com": "gmail.com"}


def _shown(domain: str) -> str:
    import idna

    try:
        return idna.decode(domain)
    except idna.IDNAError:
        return domain


def _account(row: str) -> Account:
    length, _, both = row.partition(":")
    return Account(both[: int(length)], both[int(length) :])


def _key(address: str) -> str:
    try:
        return WinBooksId.parse(address.strip()).key
    except Invalid:
        return address.strip().lower()


def _without_variation(key: str) -> str:
    local, at, domain = key.rpartition("@")
    name, _, _ = local.partition("+")
    domain = _OTHER_NAMES.get(domain, domain)
    # A plus sign in front is no tag.
    return f"{(name or local).replace('.', '')}{at}{domain}"


def _collisions(accounts: Sequence[Account]) -> Iterator[Collision]:
    for likeness, look in _LOOKS:
        survivors: list[Account] = []
        for alike in _grouped(accounts, look):
            collision = Collision(likeness=likeness, accounts=tuple(alike))
            if len(alike) > 1:
                yield collision
            survivors.append(collision.survivor)
        accounts = survivors


def _grouped(
    accounts: Sequence[Account], look: Callable[[str], str]
) -> Iterable[Sequence[Account]]:
    groups: dict[str, list[Account]] = {}
    for account in accounts:
        groups.setdefault(look(_key(account.address)), []).append(account)
    return groups.values()


#: From sure to doubtful; each sees more accounts as one than the one before.
_LOOKS: Final[Sequence[tuple[Likeness, Callable[[str], str]]]] = (
    (Likeness.TWINS, str),
    (Likeness.LOOK_ALIKES, skeleton),
    (Likeness.VARIANTS, lambda key: skeleton(_without_variation(key))),
)


def _doubts(account: Account) -> tuple[bool, bool]:
    local, _, _ = account.address.strip().rpartition("@")
    return bool(WinBooksId.check(account.address)), "+" in local
