"""
Which changes of a plan are stored together?
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import attrs

from ..winbooks_id import WinBooksId
from .changes import Change, CreateFromForm, Update
from .plan import Plan


__all__ = ["BATCH", "Batch", "batches"]

#: Changes in one transaction: enough to make its cost small, few enough that
#: others who save a user hardly wait.  Our choice.
BATCH: Final = 1_000


@attrs.frozen
class Batch:
    """
    Changes that are stored in one transaction.

    Where `together` is true, people pass addresses to each other, so all of
    them succeed or none; otherwise each stands for itself.
    """

    changes: Sequence[Change]
    together: bool = False


def batches(plan: Plan) -> Iterator[Batch]:
    """
    Yield every change of *plan* once, in an order in which they can be made.
    """
    moves = [
        change
        for change in plan.changes
        if isinstance(change, Update) and change.changes_address
    ]
    chains = _chains(moves)
    yield from (Batch(chain, together=True) for chain in chains if len(chain) > 1)
    alone: list[Change] = [chain[0] for chain in chains if len(chain) == 1]
    alone += [change for change in plan.changes if not change.changes_address]
    # A batch updates before it creates, and no one leaves before all are there.
    for kind, alike in groupby(alone, key=type):
        changes = list(alike)
        # A form has a password, and what takes long is done for one at a time.
        size = 1 if kind is CreateFromForm else BATCH
        for start in range(0, len(changes), size):
            yield Batch(changes[start : start + size])


def _chains(moves: Sequence[Update]) -> Sequence[Sequence[Update]]:
    """
    Return the moves in chains in which one takes the address of the next.

    A chain may bite its tail: then two people swap, or more take turns.
    """
    leaving = {move.before.winbooks_id: move for move in moves}
    wanted = {move.after.winbooks_id for move in moves}
    heads = [move for move in moves if move.before.winbooks_id not in wanted]
    chains: list[Sequence[Update]] = []
    # What no head leads to goes round in circles.
    for first in [*heads, *moves]:
        chain = list(_following(first, leaving))
        if chain:
            chains.append(chain)
    return chains


def _following(first: Update, leaving: dict[WinBooksId, Update]) -> Iterator[Update]:
    move = leaving.pop(first.before.winbooks_id, None)
    while move is not None:
        yield move
        move = leaving.pop(move.after.winbooks_id, None)
