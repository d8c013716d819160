"""
How many passwords of a length are there, and which is the n-th?
"""

from collections.abc import Iterator, Mapping
from typing import final

from .alphabet import ensure_usable
from .automaton import Edge, Machine, State
from .rules import Rules


__all__ = ["Ranking", "count", "ways_by_length", "ways_to_states"]


def count(
    policy: Rules, length: int, alphabet: str, *, plain_start: bool = False
) -> int:
    """
    Return how many passwords of *length* over *alphabet* are accepted.

    With *plain_start*, only those that begin with a letter or digit count.

    Raises:
        Invalid: strings over *alphabet* cannot be counted, or the policy is too
            large.
    """
    ensure_usable(alphabet)
    if not policy.min_length <= length <= policy.max_length:
        return 0
    machine = Machine(policy, alphabet=alphabet, plain_start=plain_start)
    return sum(
        ways
        for state, ways in ways_to_states(machine, length).items()
        if machine.verdicts(state)[0]
    )


def ways_to_states(machine: Machine, length: int) -> Mapping[State, int]:
    """
    Return how many strings of *length* lead to each state of *machine*.

    Raises:
        Invalid: the machine is too large.
    """
    *_, ways = ways_by_length(machine, length)
    return ways


def ways_by_length(machine: Machine, most: int) -> Iterator[Mapping[State, int]]:
    """
    Yield `ways_to_states` of each length from 0 to *most*.

    Raises:
        Invalid: the machine is too large.
    """
    ways = {machine.start: 1}
    yield ways
    for _ in range(most):
        longer: dict[State, int] = {}
        for state, count in ways.items():
            following = machine.ways(state)
            machine.work.take(len(following))
            for target, (_, characters) in following.items():
                longer[target] = longer.get(target, 0) + count * characters
        ways = longer
        yield ways


@final
class Ranking:
    """
    All passwords of one length that the first policy of a machine accepts, in order.

    Raises:
        Invalid: the machine is too large.
    """

    def __init__(self, machine: Machine, length: int) -> None:
        self._machine = machine
        layers: list[set[State]] = [{machine.start}]
        for _ in range(length):
            layer: set[State] = set()
            for state in layers[-1]:
                following = machine.ways(state)
                # Each is walked over again to count what leads on from it.
                machine.work.take(2 * len(following))
                layer.update(following)
            layers.append(layer)
        accepted = {state: int(machine.verdicts(state)[0]) for state in layers[-1]}
        #: For each number of characters to come: how many ways there are from a state.
        self._ways = [accepted]
        for layer in reversed(layers[:-1]):
            shorter = self._ways[-1]
            self._ways.append(
                {
                    state: sum(
                        characters * shorter[target]
                        for target, (_, characters) in machine.ways(state).items()
                    )
                    for state in layer
                }
            )
        self.total: int = self._ways[-1][machine.start]

    def password(self, rank: int) -> str:
        """
        Return the password with the number *rank*, from 0 to below `total`.
        """
        state, text = self._machine.start, ""
        for ways in reversed(self._ways[:-1]):
            edge, rank = self._edge(state, ways, rank)
            choice, rank = divmod(rank, ways[edge.target])
            group = self._machine.groups[edge.group]
            if edge.repeats:
                text += text[-1]
            elif edge.ways < len(group):
                text += group.replace(text[-1], "")[choice]
            else:
                text += group[choice]
            state = edge.target
        return text

    def _edge(
        self, state: State, ways: Mapping[State, int], rank: int
    ) -> tuple[Edge, int]:
        """
        Return the edge behind *state* for *rank*, and the rank among its passwords.
        """
        edges = iter(self._machine.edges(state))
        edge = next(edges)
        while rank >= (here := edge.ways * ways[edge.target]):
            rank -= here
            edge = next(edges)
        return edge, rank
