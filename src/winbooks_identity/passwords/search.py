"""
Which is the shortest password that some policies disagree about, or agree on?
"""

from collections.abc import Callable, Iterator
from typing import Final

from .automaton import Edge, Machine, State, ensure_affordable


__all__ = ["Wanted", "first_wanted", "shortest", "shortest_length"]

#: Tells whether a password that ends in a state, with a length, is looked for.
Wanted = Callable[[State, int], bool]

_STEPS_OF_A_TURN: Final = 8


def shortest_length(
    machine: Machine, wanted: Wanted, boundaries: frozenset[int]
) -> int | None:
    """
    Return the least length at which a *wanted* state is reached, if any.

    Args:
        machine: what is searched.
        wanted: what is looked for.
        boundaries: the lengths at which *wanted* may change its mind about a
            state; from the last one on, it wants nothing.

    Raises:
        Invalid: the machine is too large.
    """
    before: set[State] = set()
    layer = {machine.start}
    length = steps = 0
    while length < max(boundaries):
        grew = bool(before) and before <= layer
        fresh = layer - before if grew else layer
        asked = layer if length in boundaries else fresh
        steps += len(asked)
        ensure_affordable(steps)
        if any(wanted(state, length) for state in asked):
            return length
        longer: set[State] = set()
        for state in fresh:
            following = machine.ways(state)
            steps += len(following)
            ensure_affordable(steps)
            longer.update(target for target, _ in following)
        if grew:
            # What led to the states of this layer leads to them again.
            longer |= layer
        if longer == layer:
            # Nothing new is reached from here: only a boundary makes a difference.
            length = min(boundary for boundary in boundaries if boundary > length)
        else:
            length += 1
        before, layer = layer, longer
    return None


def shortest(
    machine: Machine, wanted: Wanted, boundaries: frozenset[int]
) -> str | None:
    """
    Return the shortest *wanted* string, of several the first in the machine's order.

    Raises:
        Invalid: the machine is too large.
    """
    length = shortest_length(machine, wanted, boundaries)
    return None if length is None else first_wanted(machine, wanted, length)


def first_wanted(machine: Machine, wanted: Wanted, length: int) -> str | None:
    """
    Return the first *wanted* string of *length*, in the order of the machine.

    Raises:
        Invalid: the machine is too large.
    """
    hopeless: set[tuple[State, int]] = set()
    path = [(machine.start, _edges(machine, machine.start, length), "")]
    steps = 0
    while path:
        # A turn takes as long as so many steps elsewhere.
        steps += _STEPS_OF_A_TURN
        ensure_affordable(steps)
        state, edges, _ = path[-1]
        left = length + 1 - len(path)
        if not left and wanted(state, length):
            return "".join(character for _, _, character in path)
        edge = next(edges, None)
        if edge is None:
            hopeless.add((state, left))
            path.pop()
        elif (edge.target, left - 1) not in hopeless:
            character = machine.groups[edge.group]
            path.append(
                (edge.target, _edges(machine, edge.target, left - 1), character)
            )
    return None


def _edges(machine: Machine, state: State, left: int) -> Iterator[Edge]:
    return iter(machine.edges(state) if left else ())
