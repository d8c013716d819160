"""
How many passwords of a length does a policy accept?
"""

from collections import Counter

from .canonical import kind_of


__all__ = ["count_of_kinds"]


def count_of_kinds(length: int, alphabet: str, min_kinds: int) -> int:
    """
    Return how many strings over *alphabet* have at least *min_kinds* kinds.
    """
    sizes = Counter(map(kind_of, alphabet))
    ways = Counter({frozenset[object](): 1})
    for _ in range(length):
        longer: Counter[frozenset[object]] = Counter()
        for seen, count in ways.items():
            for kind, size in sizes.items():
                longer[seen | {kind}] += count * size
        ways = longer
    return sum(count for seen, count in ways.items() if len(seen - {None}) >= min_kinds)
