"""
Which passwords do some policies accept, read as one machine?

The product of the parts of every policy is walked lazily, over groups of
characters that no part tells apart. Counting adds up the sizes of the groups;
searching needs one or two characters of each. Strength, word lists and breach
lists are no rules that such a machine can decide: it leaves them out.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from typing import ClassVar, Final, NamedTuple, final

import attrs

from ..errors import Invalid
from ..problems import Problem
from .canonical import Kind, kind_of, stands_alone
from .limits import MAX_LENGTH_CEILING
from .parts import (
    BROKEN,
    CharacterSet,
    KindCounts,
    Part,
    PlainStart,
    Runs,
    WholeTexts,
    Words,
)
from .rules import Rules


__all__ = [
    "MAX_WORK",
    "MOST_STEPS",
    "Edge",
    "Machine",
    "State",
    "TooLarge",
    "ensure_affordable",
]

#: How much work a machine may be before the answer is "too large": its edges, and
#: some for each state.  It is counted and not timed, so that the answer is the same
#: everywhere; so much takes a third of a second.
MAX_WORK: Final = 250_000

#: What a state costs, in edges.
_WORK_OF_A_STATE: Final = 8

#: How often one answer may walk from a state to another, which is quicker.
MOST_STEPS: Final = 4 * MAX_WORK

#: The number of a state; it stands for the states of all parts, and for the last group
#: if runs matter.
State = int


@attrs.frozen
class TooLarge(Problem):
    """
    Policies are compared and counted only while that takes a moment.
    """

    code: ClassVar[str] = "password_policy.too_large"

    most: int


#: The states of all parts, and the number of the last group if runs matter.
_PartStates = tuple[int, ...]

#: For each group of characters: the state of a part behind it.
_Row = tuple[int, ...]


class Edge(NamedTuple):
    """
    The characters of one group, all of which lead to the same state.
    """

    target: State
    group: int
    repeats: bool
    ways: int


class Demand(NamedTuple):
    """
    What one policy asks of the state of one part at the end of a password.
    """

    part: Part
    met: Callable[[int], bool]


def ensure_affordable(steps: int) -> None:
    """
    Make sure that an answer may take so many *steps*.

    Raises:
        Invalid: they are more than `MOST_STEPS`.
    """
    if steps > MOST_STEPS:
        raise Invalid((TooLarge(MAX_WORK),))


@final
class Machine:
    """
    The product of the parts of *policies* over groups of characters.

    Args:
        policies: whose passwords are distinguished.
        alphabet: what passwords are made of, to count them; without it, what
            is needed of all Unicode to search them.
        plain_start: only passwords that begin with a letter or digit count.
        order: the characters that a search prefers, the best first; all others
            come behind them, in the order of code points.
    """

    def __init__(
        self,
        *policies: Rules,
        alphabet: Sequence[str] | None = None,
        plain_start: bool = False,
        order: str = "",
    ) -> None:
        self._order = order
        caps = _caps(policies)
        demands = [list(_demands(policy, caps)) for policy in policies]
        if plain_start:
            for demand in demands:
                demand.append(Demand(PlainStart(), _is_whole))
        self._parts = list(dict.fromkeys(d.part for one in demands for d in one))
        self._demands = [
            [(self._parts.index(demand.part), demand.met) for demand in one]
            for one in demands
        ]
        self._sees_runs = any(isinstance(part, Runs) for part in self._parts)
        self.groups: list[str] = (
            self._representatives() if alphabet is None else self._grouped(alphabet)
        )
        self._symbols = [self._symbol(group[0]) for group in self.groups]
        self._rows: list[dict[int, _Row]] = [{} for _ in self._parts]
        self._states: list[_PartStates] = []
        self._numbers: dict[_PartStates, State] = {}
        self._edges: dict[State, tuple[Edge, ...]] = {}
        self._ways: dict[State, tuple[tuple[State, int], ...]] = {}
        self._verdicts: dict[State, tuple[bool, ...]] = {}
        start = (0,) * len(self._parts) + (-1,) * self._sees_runs
        self.start: State = self._number(start)

    def verdicts(self, state: State) -> tuple[bool, ...]:
        """
        Tell for each policy whether it accepts at *state*, were the length right.
        """
        found = self._verdicts.get(state)
        if found is None:
            states = self._states[state]
            found = self._verdicts[state] = tuple(
                all(met(states[part]) for part, met in one) for one in self._demands
            )
        return found

    def edges(self, state: State) -> tuple[Edge, ...]:
        """
        Return what leads on from *state* to something that a policy may accept.

        Raises:
            Invalid: the machine is more work than `MAX_WORK`.
        """
        found = self._edges.get(state)
        if found is None:
            if self.work > MAX_WORK:
                raise Invalid((TooLarge(MAX_WORK),))
            found = self._edges[state] = tuple(self._edges_from(self._states[state]))
        return found

    def ways(self, state: State) -> tuple[tuple[State, int], ...]:
        """
        Return what follows on *state*, each once, and how many characters lead there.

        Raises:
            Invalid: the machine is more work than `MAX_WORK`.
        """
        found = self._ways.get(state)
        if found is None:
            targets: dict[State, int] = {}
            for target, _, _, ways in self.edges(state):
                targets[target] = targets.get(target, 0) + ways
            found = self._ways[state] = tuple(targets.items())
        return found

    @property
    def work(self) -> int:
        """
        Return how much work the machine was so far.
        """
        return len(self._edges) * (len(self.groups) + _WORK_OF_A_STATE)

    def _number(self, states: _PartStates) -> State:
        number = self._numbers.setdefault(states, len(self._states))
        if number == len(self._states):
            self._states.append(states)
        return number

    def _edges_from(self, states: _PartStates) -> Iterator[Edge]:
        last = states[-1] if self._sees_runs else -1
        rows = [self._row(part, states[part]) for part in range(len(self._parts))]
        for group, after in enumerate(zip(*rows, strict=True)):
            others = len(self.groups[group])
            if group == last:
                others -= 1
                target = self._target(self._repeated(states, group), group)
                if target is not None:
                    yield Edge(target, group, repeats=True, ways=1)
            if others:
                target = self._target(after, group)
                if target is not None:
                    yield Edge(target, group, repeats=False, ways=others)

    def _row(self, part: int, state: int) -> _Row:
        """
        Return where each group leads that *part*, from its *state*.
        """
        row = self._rows[part].get(state)
        if row is None:
            symbols = [symbols[part] for symbols in self._symbols]
            step = self._parts[part].step
            after = {
                symbol: BROKEN
                if state == BROKEN
                else step(state, symbol, repeats=False)
                for symbol in dict.fromkeys(symbols)
            }
            row = self._rows[part][state] = tuple(after[symbol] for symbol in symbols)
        return row

    def _repeated(self, states: _PartStates, group: int) -> _PartStates:
        return tuple(
            BROKEN if before == BROKEN else part.step(before, symbol, repeats=True)
            for part, before, symbol in zip(
                self._parts, states, self._symbols[group], strict=False
            )
        )

    def _target(self, after: _PartStates, group: int) -> State | None:
        if BROKEN in after:
            # What only refused policies ask about no longer tells states apart.
            asked = {
                part
                for demands in self._demands
                if all(after[part] != BROKEN for part, _ in demands)
                for part, _ in demands
            }
            if not asked:
                return None
            after = tuple(one if n in asked else BROKEN for n, one in enumerate(after))
        return self._number((*after, group) if self._sees_runs else after)

    def _symbol(self, character: str) -> tuple[str, ...]:
        return tuple(part.symbol(character) for part in self._parts)

    def _grouped(self, alphabet: Iterable[str]) -> list[str]:
        groups: defaultdict[tuple[str, ...], str] = defaultdict(str)
        for character in alphabet:
            groups[self._symbol(character)] += character
        return list(groups.values())

    def _representatives(self) -> list[str]:
        # A run is broken by another character of the same group, if there is one.
        needed = 2 if self._sees_runs else 1
        mentioned = frozenset[str]().union(*(part.mentioned for part in self._parts))
        known = {
            *filter(stands_alone, mentioned),
            *_unmentioned(mentioned),
            *self._order,
        }
        return sorted(
            (
                character
                for group in self._grouped(sorted(known, key=self._rank))
                for character in group[:needed]
            ),
            key=self._rank,
        )

    def _rank(self, character: str) -> tuple[int, str]:
        place = self._order.find(character)
        return (len(self._order) if place < 0 else place, character)


@lru_cache(maxsize=32)
def _unmentioned(mentioned: frozenset[str]) -> tuple[str, ...]:
    """
    Return the two lowest characters of each kind, and of none, outside *mentioned*.
    """
    missing: dict[Kind | None, int] = dict.fromkeys([None, *Kind], 2)
    found: list[str] = []
    for character in map(chr, range(ord(" "), sys.maxunicode + 1)):
        if not any(missing.values()):
            break
        kind = kind_of(character)
        if missing[kind] and character not in mentioned and stands_alone(character):
            missing[kind] -= 1
            found.append(character)
    return tuple(found)


def _caps(policies: Iterable[Rules]) -> tuple[int, ...]:
    caps = dict.fromkeys(Kind, 0)
    for policy in policies:
        for kind in Kind:
            most = policy.maximum_of(kind)
            caps[kind] = max(
                caps[kind],
                policy.minimum_of(kind),
                1 if policy.min_kinds else 0,
                0 if most is None else most + 1,
            )
    return tuple(caps.values())


def _demands(policy: Rules, caps: tuple[int, ...]) -> Iterator[Demand]:
    counts = KindCounts(caps)
    bounds = list(_bounds(policy))
    yield Demand(counts, partial(_has_counts, policy.min_kinds, bounds, counts))
    if policy.allowed_characters is not None or policy.forbidden_characters:
        allowed = policy.allowed_characters
        yield Demand(
            CharacterSet(
                None if allowed is None else frozenset(allowed),
                frozenset(policy.forbidden_characters),
            ),
            _is_whole,
        )
    if policy.max_run is not None:
        yield Demand(Runs(policy.max_run), _is_whole)
    for words, fold in (
        (policy.forbidden_words, True),
        (policy.forbidden_spellings, False),
    ):
        if words:
            yield Demand(Words.of(words, fold=fold), _is_whole)
    for texts, fold in ((policy.denied, True), (policy.denied_spellings, False)):
        if texts:
            part = WholeTexts.of(texts, fold=fold)
            yield Demand(part, partial(_is_outside, part.ends))


def _is_whole(state: int) -> bool:
    return state != BROKEN


def _is_outside(ends: frozenset[int], state: int) -> bool:
    return state not in ends


def _has_counts(
    min_kinds: int, bounds: list[tuple[int, int]], part: KindCounts, state: int
) -> bool:
    counts = part.counts(state)
    return sum(map(bool, counts)) >= min_kinds and all(
        least <= count <= most
        for count, (least, most) in zip(counts, bounds, strict=True)
    )


def _bounds(policy: Rules) -> Iterator[tuple[int, int]]:
    for kind in Kind:
        most = policy.maximum_of(kind)
        yield policy.minimum_of(kind), MAX_LENGTH_CEILING if most is None else most
