"""
Who is there in the search, and what can be done to them?
"""

from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Final, NamedTuple, TypeAlias, final
from uuid import UUID

from ...language import Language
from ...level import Level
from ...names import CompanyName, PersonName
from ...portal_user import CredentialSource, PortalUser, Status
from ...role import Role
from ...winbooks_id import WinBooksId


__all__ = [
    "ELSEWHERE",
    "HOME",
    "HONEST",
    "NAMES",
    "A",
    "Account",
    "B",
    "C",
    "Change",
    "H",
    "Right",
    "World",
    "accounts",
    "changes_of",
    "rights_of",
    "user_of",
]


class Account(NamedTuple):
    """
    What of a user the rules can look at.
    """

    licence: str
    level: Level
    is_active: bool
    dossiers: frozenset[str]

    def __str__(self) -> str:
        state = "active" if self.is_active else "inactive"
        dossiers = ", ".join(sorted(self.dossiers)) or "no dossier"
        return f"{state} {self.level.value} of {self.licence} with {dossiers}"


@final
class World(NamedTuple):
    """
    Who there is: the accounts of A, B and C, `None` where there is none.

    `knows_c` tells whether A or B knows the password of C, and `is_owned` whether C
    has signed in since a password was made for them.
    """

    accounts: tuple[Account | None, ...]
    knows_c: bool
    is_owned: bool


A, B, C, H = range(4)
NAMES: Final = "ABCH"
HOME: Final = "WB-1"
ELSEWHERE: Final = "WB-2"
DOSSIERS: Final = tuple(
    frozenset(each) for each in ((), ("1001",), ("1002",), ("1001", "1002"))
)
Right: TypeAlias = tuple[str, Level | str]


def accounts(licence: str) -> Iterator[Account]:
    """
    Yield every account that *licence* can have.
    """
    for level, is_active, dossiers in product(Level, (True, False), DOSSIERS):
        yield Account(licence, level, is_active, dossiers)


@cache
def rights_of(account: Account | None) -> frozenset[Right]:
    """
    Return what *account* would give to those who sign in with it, once active.
    """
    if account is None:
        return frozenset()
    levels = [level for level in Level if level <= account.level]
    # An Administrator gives themselves any dossier of their licence.
    everything = account.level is Level.ADMINISTRATOR
    dossiers = DOSSIERS[-1] if everything else account.dossiers
    rights: list[Level | str] = [*levels, *dossiers]
    return frozenset((account.licence, right) for right in rights)


@cache
def user_of(number: int, account: Account | None) -> PortalUser | None:
    """
    Return the user with *account*; A is number 0, and so on.
    """
    if account is None:
        return None
    is_staff = account.level.is_staff
    return PortalUser(
        id=UUID(int=number + 1),
        winbooks_id=WinBooksId(f"{NAMES[number].lower()}@example.org"),
        licence=account.licence,
        level=account.level,
        status=Status.ACTIVE if account.is_active else Status.INACTIVE,
        credential_source=CredentialSource.PORTAL,
        first_name=PersonName(NAMES[number]),
        last_name=PersonName("Example"),
        company_name=CompanyName("Example"),
        language=Language.ENGLISH,
        phone=None,
        dossiers=account.dossiers,
        roles=frozenset({Role.VIEW_ADMIN if is_staff else Role.VIEW_USER}),
        notify_all_dossiers=False,
    )


class Change(NamedTuple):
    """
    A step on a user, and what they are then.

    `learns` tells whether the actor knows their password afterwards.
    """

    name: str
    after: Account | None
    learns: bool

    @property
    def is_gift(self) -> bool:
        """
        Tell whether it is something that an honest Administrator gives.
        """
        return self.after is not None and not self.learns


@cache
def changes_of(before: Account | None) -> tuple[Change, ...]:
    """
    Return every step that could be taken on *before*.
    """
    if before is None:
        made = [*accounts(HOME), *accounts(ELSEWHERE)]
        return tuple(
            Change(f"makes {{}}, an {each}", each, learns=True) for each in made
        )
    found = [
        Change("resets the password of {}", before, learns=True),
        Change(
            "deactivates {}" if before.is_active else "activates {}",
            before._replace(is_active=not before.is_active),
            learns=False,
        ),
        Change("erases {}", None, learns=False),
    ]
    for level in Level:
        if level is not before.level:
            after = before._replace(level=level)
            found.append(Change(f"makes {{}} {level.value}", after, learns=False))
    for dossiers in DOSSIERS:
        if dossiers != before.dossiers:
            named = ", ".join(sorted(dossiers)) or "no dossier"
            after = before._replace(dossiers=dossiers)
            found.append(Change(f"lets {{}} open {named}", after, learns=False))
    return tuple(found)


#: The honest Administrator of the office.
HONEST: Final = Account(HOME, Level.ADMINISTRATOR, is_active=True, dossiers=frozenset())
