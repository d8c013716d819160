"""
Which is the shortest password that some policies disagree about, or agree on?
"""

from collections import Counter
from collections.abc import Callable, Iterator

from .automaton import Machine, State, Way
from .work import A_TURN


__all__ = ["Wanted", "first_wanted", "shortest", "shortest_length"]

#: Tells whether a password that ends in a state, with a length, is looked for.
Wanted = Callable[[State, int], bool]


def shortest_length(
    machine: Machine, wanted: Wanted, boundaries: frozenset[int]
) -> int | None:
    """
    Return the least length at which a *wanted* state is reached, if any.

    Args:
        machine: what is searched.
        wanted: what is looked for.
        boundaries: the lengths at which *wanted* may change its mind about a
            state; before the first and from the last one on, it wants nothing.

    Raises:
        Invalid: the machine is too large.
    """
    leading: Counter[State] = Counter()
    before: set[State] = set()
    layer = {machine.start}
    length, first = 0, min(boundaries)
    while length < max(boundaries):
        fresh = layer - before
        asked = layer if length in boundaries else fresh
        # To go over a set is a fraction of a walk.
        machine.work.take(len(layer) // 4 + len(asked))
        if length >= first and any(wanted(state, length) for state in asked):
            return length
        # What led to a state of the layer before leads there again, if it is here too.
        for state in fresh:
            following = machine.ways(state)
            machine.work.take(len(following))
            leading.update(following.keys())
        for state in before - layer:
            following = machine.ways(state)
            machine.work.take(len(following))
            leading.subtract(following.keys())
        longer = {state for state, number in leading.items() if number}
        if longer == layer:
            # Nothing new is reached from here: only a boundary makes a difference.
            length = min(boundary for boundary in boundaries if boundary > length)
        else:
            length += 1
        before, layer = layer, longer
    return None


def shortest(
    machine: Machine, wanted: Wanted, boundaries: frozenset[int], *, accepted_by: int
) -> str | None:
    """
    Return the shortest *wanted* string, of several the first in the machine's order.

    Args:
        machine: what is searched.
        wanted: what is looked for.
        boundaries: see `shortest_length`.
        accepted_by: the number of a policy that accepts all that is wanted.

    Raises:
        Invalid: the machine is too large.
    """
    length = shortest_length(machine, wanted, boundaries)
    if length is None:
        return None
    return first_wanted(machine, wanted, length, accepted_by=accepted_by)


def first_wanted(
    machine: Machine, wanted: Wanted, length: int, *, accepted_by: int
) -> str | None:
    """
    Return the first *wanted* string of *length*, in the order of the machine.

    Args:
        machine: what is searched.
        wanted: what is looked for.
        length: how many characters it has.
        accepted_by: the number of a policy that accepts all that is wanted.

    Raises:
        Invalid: the machine is too large.
    """
    hopeless: set[tuple[State, int]] = set()
    path = [(machine.start, _onward(machine, machine.start, length), "")]
    while path:
        state, onward, _ = path[-1]
        left = length + 1 - len(path)
        if not left and wanted(state, length):
            return "".join(character for _, _, character in path)
        for target, way in onward:
            if (target, left - 1) in hopeless:
                continue
            machine.work.take(A_TURN)
            if machine.missing(target, accepted_by) >= left:
                hopeless.add((target, left - 1))
                continue
            # Of the groups that lead there, the first is the best.
            character = machine.groups[way[0]]
            path.append((target, _onward(machine, target, left - 1), character))
            break
        else:
            hopeless.add((state, left))
            path.pop()
    return None


def _onward(machine: Machine, state: State, left: int) -> Iterator[tuple[State, Way]]:
    """
    Return what leads on from *state*, each of which is looked at once.
    """
    if not left:
        return iter(())
    following = machine.ways(state)
    machine.work.take(len(following))
    return iter(following.items())
