"""
Can a user end above where they started, by steps that they may take?

The space is small: two actors and a third person, three levels, active or not,
two dossiers, two licences.  So it is not sampled: all of it is searched.

Besides the actors there is an honest Administrator, H.  Once the third person has
signed in, H gives them whatever the rules let an Administrator give: who made them, or
reset their password, must not reach that.  [S5]
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


def assert_no_escalation(
    rules: Rules = authorization.check, *, must_change: bool = True
) -> None:
    """
    Raise unless no chain of steps that *rules* permit is an exploit.

    *must_change* is as for `find_escalation`.

    Raises:
        AssertionError: one is; the message is the shortest.
    """
    exploit = find_escalation(rules, must_change=must_change)
    assert exploit is None, f"the rules can be got around:\n{exploit}"


def find_escalation(
    rules: Rules = authorization.check, *, must_change: bool = True
) -> Exploit | None:
    """
    Return the shortest exploit of *rules* by one actor, or else by two.

    An actor acts as every account whose password they know: their own, one that they
    made, and one whose password they reset.  An exploit ends with a right that no
    actor had at the start, or with a step taken on a user who had one.

    Args:
        rules: what is searched.
        must_change: whether a password that another person knows is changed at the
            first sign-in, so that its owner alone knows the next one.  [S5]
    """
    search = _Search(rules, must_change=must_change)
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


@final
class _World(NamedTuple):
    """
    Who there is: the accounts of A, B and C, `None` where there is none.

    `knows_c` tells whether A or B knows the password of C, and `is_owned` whether C
    has signed in since a password was made for them.
    """

    accounts: tuple[_Account | None, ...]
    knows_c: bool
    is_owned: bool


_A, _B, _C, _H = range(4)
_NAMES: Final = "ABCH"
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

    @property
    def is_gift(self) -> bool:
        """
        Tell whether it is something that an honest Administrator gives.
        """
        return self.after is not None and not self.learns


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


#: The honest Administrator of the office.
_HONEST: Final = _Account(
    _HOME, Level.ADMINISTRATOR, is_active=True, dossiers=frozenset()
)


@final
class _Search:
    def __init__(self, rules: Rules, *, must_change: bool) -> None:
        self._rules = rules
        self._must_change = must_change
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
        yield from self._steps_of_actors(world)
        yield from self._honest_steps(world)

    def _honest_steps(self, world: _World) -> Iterator[tuple[str, int, _World]]:
        """
        Yield what C and H do, who mean no harm and know nothing of the actors.
        """
        *actors, c = world.accounts
        # Where no actor knows the password of C, what H gives makes a world in which
        # another search begins.
        if c is None or not world.knows_c:
            return
        if not world.is_owned:
            if c.is_active:
                knows = not self._must_change
                yield "C signs in", _H, _World(world.accounts, knows, is_owned=True)
            return
        yield from (
            (
                f"H {change.name.format('C')}",
                _H,
                world._replace(accounts=(*actors, change.after)),
            )
            for change in self._permitted(_H, _HONEST, _C, c)
            if change.is_gift
        )

    def _steps_of_actors(self, world: _World) -> Iterator[tuple[str, int, _World]]:
        accounts, knows_c, is_owned = world
        for actor in (_A, _B, _C) if knows_c else (_A, _B):
            for target, before in enumerate(accounts):
                for change in self._permitted(actor, accounts[actor], target, before):
                    after = (
                        *accounts[:target],
                        change.after,
                        *accounts[target + 1 :],
                    )
                    learns = change.learns and target == _C
                    is_there = after[_C] is not None
                    step = f"{_NAMES[actor]} {change.name.format(_NAMES[target])}"
                    yield (
                        step,
                        target,
                        _World(
                            after,
                            is_there and (knows_c or learns),
                            is_there and is_owned and not learns,
                        ),
                    )

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
                yield _World((a, b, c), knows_c=False, is_owned=False)


@cache
def _held(world: _World) -> frozenset[_Right]:
    """
    Return the rights of the accounts that A and B can sign in with.
    """
    (a, b, c), knows_c, _ = world
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
    if target == _C and (above := _rights(before.accounts[_C]) - start):
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
    (accounts, *_), _ = node
    return Exploit(
        start=tuple(
            f"{name}: {account}"
            for name, account in zip(_NAMES, accounts, strict=False)
            if account is not None
        ),
        steps=tuple(reversed(steps)),
        outcome=outcome,
    )
