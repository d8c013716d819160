"""
Which passwords do some policies accept, read as one machine?

The product of the parts of every policy is walked lazily, over groups of
characters that no part tells apart. Counting adds up the sizes of the groups;
searching needs one or two characters of each. Strength, word lists and breach
lists are no rules that such a machine can decide: it leaves them out.
"""

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any, NamedTuple, final

from .canonical import Kind, kind_of, stands_alone
from .limits import MAX_LENGTH_CEILING
from .lists import WholeTexts, Words
from .parts import BROKEN, CharacterSet, KindCounts, Part, PlainStart, Runs
from .rules import Rules
from .work import A_CHARACTER, A_GROUP, A_STATE, A_WORD, Work


__all__ = ["Edge", "Machine", "State", "Way"]

#: The number of a state; it stands for the states of all parts, and for the last group
#: if runs matter.
State = int

#: The states of all parts, and the number of the last group if runs matter.
_PartStates = tuple[int, ...]

#: How one state leads to another: the first group of characters, and how many
#: characters of all groups.  Plain numbers, which cost no collector anything.
Way = tuple[int, int]

#: For each group of characters: the state of a part behind it.
_Row = tuple[int, ...]


#: Where a group leads, its number, whether it repeats, and how many characters of
#: it lead there: an `Edge`, in what costs least.
_Step = tuple[_PartStates, int, bool, int]


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
    What one policy asks of a part and its state at the end of a password.
    """

    part: Part
    met: Callable[[Any, int], bool]


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
        work: counts what the machine costs, and what is asked of it.

    Raises:
        Invalid: to read the rules alone is too much work.
    """

    def __init__(
        self,
        *policies: Rules,
        alphabet: Sequence[str] | None = None,
        plain_start: bool = False,
        order: str = "",
        work: Work | None = None,
    ) -> None:
        self.work: Work = Work() if work is None else work
        self._order = order
        self.work.take(A_WORD * sum(map(_number_of_words, policies)))
        caps = _caps(policies)
        demands = [list(_demands(policy, caps)) for policy in policies]
        if plain_start:
            for demand in demands:
                demand.append(Demand(PlainStart(), _is_whole))
        self._parts = list(dict.fromkeys(d.part for one in demands for d in one))
        # Equal parts are one, so each is asked about its own states.
        places = {part: place for place, part in enumerate(self._parts)}
        self._demands = [
            [
                (place := places[part], partial(met, self._parts[place]))
                for part, met in one
            ]
            for one in demands
        ]
        self._counts = [
            next(
                (places[part], part, rules.min_kinds, list(map(rules.minimum_of, Kind)))
                for part, _ in one
                if isinstance(part, KindCounts)
            )
            for rules, one in zip(policies, demands, strict=True)
        ]
        #: For each part: the policies that ask about it.
        self._asking = [
            frozenset(n for n, one in enumerate(self._demands) if place in dict(one))
            for place in range(len(self._parts))
        ]
        self._sees_runs = any(isinstance(part, Runs) for part in self._parts)
        self.groups: list[str] = (
            self._representatives() if alphabet is None else self._grouped(alphabet)
        )
        self._sizes = [len(group) for group in self.groups]
        self._symbols = [self._symbol(group[0]) for group in self.groups]
        self._alphabets = [
            list(dict.fromkeys(symbols)) for symbols in zip(*self._symbols, strict=True)
        ]
        self._rows: list[dict[int, _Row]] = [{} for _ in self._parts]
        self._states: list[_PartStates] = []
        self._numbers: dict[_PartStates, State] = {}
        self._edges: dict[State, tuple[Edge, ...]] = {}
        self._ways: dict[State, Mapping[State, Way]] = {}
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

    def missing(self, state: State, policy: int) -> int:
        """
        Return how many characters the policy with that number needs at least.

        It is what it still asks of their kinds.
        """
        place, part, min_kinds, needed = self._counts[policy]
        kinds = missing = 0
        seen = part.counts(self._states[state][place])
        for n, least in zip(seen, needed, strict=True):
            kinds += bool(n or least)
            missing += max(0, least - n)
        return missing + max(0, min_kinds - kinds)

    def ways(self, state: State) -> Mapping[State, Way]:
        """
        Return what leads on from *state* to something that a policy may accept.

        The states behind it come in the order of the first group that leads there.

        Raises:
            Invalid: that is too much work.
        """
        found = self._ways.get(state)
        if found is None:
            self.work.take(len(self.groups) * A_GROUP + A_STATE)
            found = self._ways[state] = self._ways_from(self._states[state])
        return found

    def edges(self, state: State) -> tuple[Edge, ...]:
        """
        Return what leads on from *state*, for each group by itself.

        It takes no more work: what asks for it has asked for `ways`.
        """
        found = self._edges.get(state)
        if found is None:
            edges: list[Edge] = []
            for after, group, is_repeated, ways in self._steps(self._states[state]):
                target = self._target(after)
                if target is not None:
                    edges.append(Edge(target, group, is_repeated, ways))
            found = self._edges[state] = tuple(edges)
        return found

    def _number(self, states: _PartStates) -> State:
        number = self._numbers.setdefault(states, len(self._states))
        if number == len(self._states):
            self._states.append(states)
        return number

    def _ways_from(self, states: _PartStates) -> Mapping[State, Way]:
        steps = self._steps(states)
        if not self._sees_runs:
            steps = _alike(steps)
        found: dict[State, Way] = {}
        for after, group, _, characters in steps:
            target = self._target(after)
            if target is not None:
                first, so_far = found.get(target, (group, 0))
                found[target] = first, so_far + characters
        return found

    def _steps(self, states: _PartStates) -> Iterator[_Step]:
        """
        Yield where each group leads from *states*.
        """
        rows = [self._row(part, states[part]) for part in range(len(self._parts))]
        following = zip(*rows, strict=True)
        if not self._sees_runs:
            for group, after in enumerate(following):
                yield after, group, False, self._sizes[group]
            return
        last = states[-1]
        for group, after in enumerate(following):
            others = self._sizes[group]
            if group == last:
                others -= 1
                yield (*self._repeated(states, group), group), group, True, 1
            if others:
                yield (*after, group), group, False, others

    def _row(self, part: int, state: int) -> _Row:
        """
        Return where each group leads that *part*, from its *state*.
        """
        row = self._rows[part].get(state)
        if row is None:
            symbols = [symbols[part] for symbols in self._symbols]
            self.work.take(len(self._alphabets[part]) * A_CHARACTER)
            step = self._parts[part].step
            after = {
                symbol: BROKEN
                if state == BROKEN
                else step(state, symbol, repeats=False)
                for symbol in self._alphabets[part]
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

    def _target(self, after: _PartStates) -> State | None:
        if BROKEN in after:
            refusing = frozenset[int]().union(
                *(
                    asking
                    for one, asking in zip(after, self._asking, strict=False)
                    if one == BROKEN
                )
            )
            if len(refusing) == len(self._demands):
                return None
            # What only refused policies ask about no longer tells states apart.
            states = list(after)
            for part, asking in enumerate(self._asking):
                if asking <= refusing:
                    states[part] = BROKEN
            after = tuple(states)
        return self._number(after)

    def _symbol(self, character: str) -> tuple[str, ...]:
        return tuple(part.symbol(character) for part in self._parts)

    def _grouped(self, alphabet: Sequence[str]) -> list[str]:
        self.work.take(len(alphabet) * len(self._parts) * A_CHARACTER)
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


def _alike(steps: Iterable[_Step]) -> Iterator[_Step]:
    """
    Yield *steps* that lead to the same as one: few are left of many.
    """
    found: dict[_PartStates, Way] = {}
    for after, group, _, characters in steps:
        first, so_far = found.get(after, (group, 0))
        found[after] = first, so_far + characters
    for after, (group, characters) in found.items():
        yield after, group, False, characters


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


def _number_of_words(policy: Rules) -> int:
    return sum(
        map(
            len,
            (
                policy.forbidden_words,
                policy.forbidden_spellings,
                policy.denied,
                policy.denied_spellings,
            ),
        )
    )


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
    yield Demand(counts, partial(_has_counts, policy.min_kinds, bounds))
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
    for denied, fold in ((policy.denied, True), (policy.denied_spellings, False)):
        # Most of what leaks is shorter than any password here, in every spelling.
        if texts := [text for text in denied if _may_be_long(policy, text)]:
            part = WholeTexts.of(texts, fold=fold)
            yield Demand(part, _is_outside)


def _may_be_long(policy: Rules, text: str) -> bool:
    # Whatever is folded to a text has no more characters than it.
    return max(len(text), len(text.casefold())) >= policy.min_length


def _is_whole(_: Part, state: int) -> bool:
    return state != BROKEN


def _is_outside(part: WholeTexts, state: int) -> bool:
    return not part.is_listed(state)


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
