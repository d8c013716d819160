"""
Can a user end above where they started, by steps that they may take?

The space is small: two actors and a third person, three levels, active or not,
two dossiers, two licences.  So it is not sampled: all of it is searched.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from typing import Final, NamedTuple, Protocol, TypeAlias, final
from uuid import UUID

import attrs

from .. import authorization
from ..authorization import Actor
from ..language import Language
from ..level import Level
from ..names import CompanyName, PersonName
from ..portal_user import CredentialSource, PortalUser, Status
from ..problems import Problem
from ..role import Role
from ..winbooks_id import WinBooksId


__all__ = ["Exploit", "Rules", "assert_no_escalation", "find_escalation"]


class Rules(Protocol):
    """
    Says why an actor may not change a user, as `authorization.check` does.
    """

    def __call__(
        self, actor: Actor, *, before: PortalUser | None, after: PortalUser | None
    ) -> tuple[Problem, ...]:
        """
        Return why *actor* may not turn *before* into *after*.
        """
        ...


@final
@attrs.frozen(kw_only=True)
class Exploit:
    """
    The shortest way to what none of the actors had at the start.
    """

    start: tuple[str, ...]
    steps: tuple[str, ...]
    outcome: str

    def __str__(self) -> str:
        lines = [*self.start, *(f"{n}. {s}" for n, s in enumerate(self.steps, 1))]
        return "\n".join([*lines, f"=> {self.outcome}"])


def assert_no_escalation(rules: Rules = authorization.check) -> None:
    """
    Raise unless no chain of steps that *rules* permit is an exploit.

    Raises:
        AssertionError: one is; the message is the shortest.
    """
    exploit = find_escalation(rules)
    assert exploit is None, f"the rules can be got around:\n{exploit}"


def find_escalation(rules: Rules = authorization.check) -> Exploit | None:
    """
    Return the shortest exploit of *rules* by one actor, or else by two.

    An actor acts as every account whose password they know: their own, one that they
    made, and one whose password they reset.  An exploit ends with a right that no
    actor had at the start, or with a step taken on a user who had one.
    """
    search = _Search(rules)
    return search.run(actors=1) or search.run(actors=2)


class _Account(NamedTuple):
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


#: Who there is: the accounts of A, B and C, `None` where there is none, and
#: whether A or B knows the password of C.
_World: TypeAlias = tuple[tuple[_Account | None, ...], bool]

_A, _B, _C = range(3)
_NAMES: Final = "ABC"
_HOME: Final = "WB-1"
_ELSEWHERE: Final = "WB-2"
_DOSSIERS: Final = tuple(
    frozenset(each) for each in ((), ("1001",), ("1002",), ("1001", "1002"))
)

_Right: TypeAlias = tuple[str, Level | str]


def _accounts(licence: str) -> Iterator[_Account]:
    for level, is_active, dossiers in product(Level, (True, False), _DOSSIERS):
        yield _Account(licence, level, is_active, dossiers)


@cache
def _rights(account: _Account | None) -> frozenset[_Right]:
    """
    Return what *account* would give to those who sign in with it, once active.
    """
    if account is None:
        return frozenset()
    levels = [level for level in Level if level <= account.level]
    # An Administrator gives themselves any dossier of their licence.
    everything = account.level is Level.ADMINISTRATOR
    dossiers = _DOSSIERS[-1] if everything else account.dossiers
    rights: list[Level | str] = [*levels, *dossiers]
    return frozenset((account.licence, right) for right in rights)


@cache
def _user(number: int, account: _Account | None) -> PortalUser | None:
    if account is None:
        return None
    is_staff = account.level.is_staff
    return PortalUser(
        id=UUID(int=number + 1),
        winbooks_id=WinBooksId(f"{_NAMES[number].lower()}@example.org"),
        licence=account.licence,
        level=account.level,
        status=Status.ACTIVE if account.is_active else Status.INACTIVE,
        credential_source=CredentialSource.PORTAL,
        first_name=PersonName(_NAMES[number]),
        last_name=PersonName("Example"),
        company_name=CompanyName("Example"),
        language=Language.ENGLISH,
        phone=None,
        dossiers=account.dossiers,
        roles=frozenset({Role.VIEW_ADMIN if is_staff else Role.VIEW_USER}),
        notify_all_dossiers=False,
    )


class _Change(NamedTuple):
    """
    A step on a user, and what they are then.

    `learns` tells whether the actor knows their password afterwards.
    """

    name: str
    after: _Account | None
    learns: bool


@cache
def _changes(before: _Account | None) -> tuple[_Change, ...]:
    """
    Return every step that could be taken on *before*.
    """
    if before is None:
        made = [*_accounts(_HOME), *_accounts(_ELSEWHERE)]
        return tuple(
            _Change(f"makes {{}}, an {each}", each, learns=True) for each in made
        )
    found = [
        _Change("resets the password of {}", before, learns=True),
        _Change(
            "deactivates {}" if before.is_active else "activates {}",
            before._replace(is_active=not before.is_active),
            learns=False,
        ),
        _Change("erases {}", None, learns=False),
    ]
    for level in Level:
        if level is not before.level:
            after = before._replace(level=level)
            found.append(_Change(f"makes {{}} {level.value}", after, learns=False))
    for dossiers in _DOSSIERS:
        if dossiers != before.dossiers:
            named = ", ".join(sorted(dossiers)) or "no dossier"
            after = before._replace(dossiers=dossiers)
            found.append(_Change(f"lets {{}} open {named}", after, learns=False))
    return tuple(found)


@final
class _Search:
    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._known: dict[tuple[object, ...], Sequence[_Change]] = {}

    def run(self, *, actors: int) -> Exploit | None:
        """
        Return the shortest exploit by so many actors.
        """
        origins: dict[tuple[_World, frozenset[_Right]], _Origin | None] = {}
        queue: deque[tuple[_World, frozenset[_Right]]] = deque()
        for world in _starts(actors):
            node = world, _held(world)
            origins[node] = None
            queue.append(node)
        while queue:
            node = queue.popleft()
            world, start_rights = node
            for step, target, after in self._steps(world):
                outcome = _outcome(world, target, after, start_rights)
                if outcome:
                    return _told(origins, node, step, outcome)
                following = after, start_rights
                if following not in origins:
                    origins[following] = node, step
                    queue.append(following)
        return None

    def _steps(self, world: _World) -> Iterator[tuple[str, int, _World]]:
        accounts, knows_c = world
        for actor in (_A, _B, _C) if knows_c else (_A, _B):
            for target, before in enumerate(accounts):
                for name, changed, learns in self._permitted(
                    actor, accounts[actor], target, before
                ):
                    after = (*accounts[:target], changed, *accounts[target + 1 :])
                    knows = after[_C] is not None and (
                        knows_c or (learns and target == _C)
                    )
                    step = f"{_NAMES[actor]} {name.format(_NAMES[target])}"
                    yield step, target, (after, knows)

    def _permitted(
        self,
        actor: int,
        account: _Account | None,
        target: int,
        before: _Account | None,
    ) -> Sequence[_Change]:
        key = actor, account, target, before
        if key not in self._known:
            user = _user(actor, account)
            self._known[key] = [
                change
                for change in (_changes(before) if before or target == _C else ())
                if user is not None
                and not self._rules(
                    user,
                    before=_user(target, before),
                    after=_user(target, change.after),
                )
            ]
        return self._known[key]


_Node: TypeAlias = tuple[_World, frozenset[_Right]]
_Origin: TypeAlias = tuple[_Node, str]


def _starts(actors: int) -> Iterator[_World]:
    """
    Yield every world to begin in: actors of one office, and any user or none.
    """
    home = list(_accounts(_HOME))
    others: list[_Account | None] = [None, *home, *_accounts(_ELSEWHERE)]
    seconds: list[_Account | None] = [None] if actors == 1 else [*home]
    for number, a in enumerate(home):
        # Two actors in the other order are the same two.
        for b in seconds if actors == 1 else seconds[number:]:
            for c in others:
                yield (a, b, c), False


@cache
def _held(world: _World) -> frozenset[_Right]:
    """
    Return the rights of the accounts that A and B can sign in with.
    """
    (a, b, c), knows_c = world
    known = (a, b, c) if knows_c else (a, b)
    active = [account for account in known if account and account.is_active]
    return frozenset[_Right]().union(*map(_rights, active))


def _outcome(
    before: _World, target: int, after: _World, start: frozenset[_Right]
) -> str:
    """
    Return what is wrong about a step; empty means nothing.
    """
    if gained := _held(after) - start:
        return f"they gained {_listed(gained)}"
    above = _rights(before[0][target]) - start
    if target == _C and above:
        return f"they changed a user who has {_listed(above)}"
    return ""


def _listed(rights: frozenset[_Right]) -> str:
    return ", ".join(
        f"{right.value if isinstance(right, Level) else right} of {licence}"
        for licence, right in sorted(rights, key=str)
    )


def _told(
    origins: dict[_Node, _Origin | None], node: _Node, last: str, outcome: str
) -> Exploit:
    steps = [last]
    while origin := origins[node]:
        node, step = origin
        steps.append(step)
    (accounts, _), _ = node
    return Exploit(
        start=tuple(
            f"{name}: {account}"
            for name, account in zip(_NAMES, accounts, strict=True)
            if account is not None
        ),
        steps=tuple(reversed(steps)),
        outcome=outcome,
    )
