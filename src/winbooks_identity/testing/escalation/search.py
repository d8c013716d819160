"""
Which steps lead an actor above where they started?
"""

from collections import deque
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Protocol, TypeAlias, final

import attrs

from ... import authorization
from ...authorization import Actor
from ...level import Level
from ...portal_user import PortalUser
from ...problems import Problem
from .world import (
    ELSEWHERE,
    HOME,
    HONEST,
    NAMES,
    A,
    Account,
    B,
    C,
    Change,
    H,
    Right,
    World,
    accounts,
    changes_of,
    rights_of,
    user_of,
)


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


@final
class _Search:
    def __init__(self, rules: Rules, *, must_change: bool) -> None:
        self._rules = rules
        self._must_change = must_change
        self._known: dict[tuple[object, ...], Sequence[Change]] = {}

    def run(self, *, actors: int) -> Exploit | None:
        """
        Return the shortest exploit by so many actors.
        """
        origins: dict[tuple[World, frozenset[Right]], _Origin | None] = {}
        queue: deque[tuple[World, frozenset[Right]]] = deque()
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

    def _steps(self, world: World) -> Iterator[tuple[str, int, World]]:
        yield from self._steps_of_actors(world)
        yield from self._honest_steps(world)

    def _honest_steps(self, world: World) -> Iterator[tuple[str, int, World]]:
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
                yield "C signs in", H, World(world.accounts, knows, is_owned=True)
            return
        yield from (
            (
                f"H {change.name.format('C')}",
                H,
                world._replace(accounts=(*actors, change.after)),
            )
            for change in self._permitted(H, HONEST, C, c)
            if change.is_gift
        )

    def _steps_of_actors(self, world: World) -> Iterator[tuple[str, int, World]]:
        accounts, knows_c, is_owned = world
        for actor in (A, B, C) if knows_c else (A, B):
            for target, before in enumerate(accounts):
                for change in self._permitted(actor, accounts[actor], target, before):
                    after = (
                        *accounts[:target],
                        change.after,
                        *accounts[target + 1 :],
                    )
                    learns = change.learns and target == C
                    is_there = after[C] is not None
                    step = f"{NAMES[actor]} {change.name.format(NAMES[target])}"
                    yield (
                        step,
                        target,
                        World(
                            after,
                            is_there and (knows_c or learns),
                            is_there and is_owned and not learns,
                        ),
                    )

    def _permitted(
        self,
        actor: int,
        account: Account | None,
        target: int,
        before: Account | None,
    ) -> Sequence[Change]:
        key = actor, account, target, before
        if key not in self._known:
            user = user_of(actor, account)
            self._known[key] = [
                change
                for change in (changes_of(before) if before or target == C else ())
                if user is not None
                and not self._rules(
                    user,
                    before=user_of(target, before),
                    after=user_of(target, change.after),
                )
            ]
        return self._known[key]


_Node: TypeAlias = tuple[World, frozenset[Right]]
_Origin: TypeAlias = tuple[_Node, str]


def _starts(actors: int) -> Iterator[World]:
    """
    Yield every world to begin in: actors of one office, and any user or none.
    """
    home = list(accounts(HOME))
    others: list[Account | None] = [None, *home, *accounts(ELSEWHERE)]
    seconds: list[Account | None] = [None] if actors == 1 else [*home]
    for number, a in enumerate(home):
        # Two actors in the other order are the same two.
        for b in seconds if actors == 1 else seconds[number:]:
            for c in others:
                yield World((a, b, c), knows_c=False, is_owned=False)


@cache
def _held(world: World) -> frozenset[Right]:
    """
    Return the rights of the accounts that A and B can sign in with.
    """
    (a, b, c), knows_c, _ = world
    known = (a, b, c) if knows_c else (a, b)
    active = [account for account in known if account and account.is_active]
    return frozenset[Right]().union(*map(rights_of, active))


def _outcome(before: World, target: int, after: World, start: frozenset[Right]) -> str:
    """
    Return what is wrong about a step; empty means nothing.
    """
    if gained := _held(after) - start:
        return f"they gained {_listed(gained)}"
    if target == C and (above := rights_of(before.accounts[C]) - start):
        return f"they changed a user who has {_listed(above)}"
    return ""


def _listed(rights: frozenset[Right]) -> str:
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
            for name, account in zip(NAMES, accounts, strict=False)
            if account is not None
        ),
        steps=tuple(reversed(steps)),
        outcome=outcome,
    )
