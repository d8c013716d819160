"""
Compare random pairs of policies, and list every password to see whether it is true.

    python tests/endurance/compare_policies.py 2000 [SEED]

Each policy speaks of five characters and at most four of them, so that all passwords
can be listed and every choice of rules tried.  It ends with an error at the first pair
of which anything else is said.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from importlib import import_module
from itertools import combinations
from pathlib import Path
from time import process_time
from typing import Any, Final, cast

from winbooks_identity.passwords.alphabet import READABLE
from winbooks_identity.passwords.attribution import Attribution
from winbooks_identity.passwords.comparison import PolicyComparison
from winbooks_identity.passwords.counting import count
from winbooks_identity.passwords.rules import Rules


sys.path.append(str(Path(__file__).parents[1] / "passwords"))
oracle = import_module("test_attribution")
SILENT: Final[Mapping[str, Any]] = oracle.SILENT
TINY: Final[str] = oracle.TINY
WORDS: Final[tuple[str, ...]] = oracle.WORDS

#: What each rule may say.
SAID: Final[Mapping[str, tuple[Any, ...]]] = {
    "min_length": (1, 2, 3, 4),
    "max_length": (2, 3, 4),
    "min_kinds": (0, 1, 2, 3),
    "min_lower": (0, 1, 2),
    "min_digits": (0, 1, 2),
    "max_upper": (0, 1, 2),
    "max_special": (0, 1, 2),
    "allowed_characters": (TINY, "aB1", "aB \u00df", "B1 "),
    "forbidden_characters": ("", "a", "B", "1\u00df"),
    **dict.fromkeys(
        ("forbidden_words", "forbidden_spellings", "denied", "denied_spellings"),
        tuple(words for size in range(3) for words in combinations(WORDS, size)),
    ),
    "max_run": (1, 2, 3, 4),
}

Said = dict[str, Any]


def main(pairs: int, seed: int) -> None:
    """
    Compare so many *pairs*, and say what they were.
    """
    chance = random.Random(seed)  # noqa: S311  A fault can be repeated.
    found: Counter[str] = Counter()
    begin = process_time()
    for number in range(pairs):
        old = policy(chance)
        new = policy(chance) if number % 2 else neighbour(old, chance)
        for fault in faults(old, new):
            sys.exit(f"pair {number} of seed {seed}: {fault}\nold: {old}\nnew: {new}")
        found[PolicyComparison(Rules(**old), Rules(**new)).relation] += 1
    took = process_time() - begin
    sys.stdout.write(
        f"{pairs} pairs of seed {seed}, 0 faults, {took:.0f} s: {dict(found)}\n"
    )


def policy(chance: random.Random) -> Said:
    """
    Return what a policy says of up to five rules.
    """
    spoken = chance.sample(sorted(SAID), chance.randint(0, 5))
    return {**SILENT, **{rule: chance.choice(SAID[rule]) for rule in spoken}}


def neighbour(old: Said, chance: random.Random) -> Said:
    """
    Return what a policy says that differs from *old* in up to three rules.
    """
    spoken = chance.sample(sorted(SAID), chance.randint(1, 3))
    return {**old, **{rule: chance.choice(SAID[rule]) for rule in spoken}}


def faults(old: Said, new: Said) -> Iterator[str]:
    """
    Yield what is said of the two policies and is not true.
    """
    before, after = oracle.accepted(old), oracle.accepted(new)
    comparison = PolicyComparison(Rules(**old), Rules(**new))
    attribution = Attribution(Rules(**old), Rules(**new))
    refused, admitted = before - after, after - before
    if comparison.newly_refused != first(refused, by_code_point):
        yield f"newly refused is {comparison.newly_refused!r}"
    if comparison.newly_accepted != first(admitted, by_code_point):
        yield f"newly accepted is {comparison.newly_accepted!r}"
    if comparison.refused_example != first(refused, by_readability):
        yield f"the refused example is {comparison.refused_example!r}"
    if comparison.accepted_example != first(admitted, by_readability):
        yield f"the accepted example is {comparison.accepted_example!r}"
    relation = {
        (False, False): "equal",
        (True, False): "stricter",
        (False, True): "looser",
        (True, True): "incomparable",
    }[bool(refused), bool(admitted)]
    if comparison.relation != relation:
        yield f"the relation is {comparison.relation}"
    yield from wrong_counts(comparison, attribution, old, new)
    yield from wrong_rules(attribution, old, new)


def wrong_counts(
    comparison: PolicyComparison, attribution: Attribution, old: Said, new: Said
) -> Iterator[str]:
    """
    Yield which numbers are wrong, to the last digit.
    """
    lengths = range(1, 6)
    for length in lengths:
        mine = {each for each in oracle.accepted(old) if len(each) == length}
        share = Fraction(len(mine - oracle.accepted(new)), len(mine) or 1)
        if comparison.share_refused(length, TINY) != share:
            yield f"the share refused at {length}"
        if count(Rules(**old), length, TINY) != len(mine):
            yield f"the count at {length}"
    for shares, one, other in (
        (attribution.shares_refused(lengths, TINY), old, new),
        (attribution.shares_accepted(lengths, TINY), new, old),
    ):
        for length, each in shares.items():
            mine = {text for text in oracle.accepted(one) if len(text) == length}
            told = {
                rule: len(mine - oracle.follow(rule, other[rule]))
                for rule in each.by_rule
            }
            right = (len(mine), len(mine - oracle.accepted(other)), told)
            if right != (each.accepted, each.refused, each.by_rule):
                yield f"the shares at {length}: {each}"


def wrong_rules(attribution: Attribution, old: Said, new: Said) -> Iterator[str]:
    """
    Yield whether the named rules do not undo the change, or fewer would.
    """
    changed = [
        rule for rule in SILENT if oracle.set_of(old[rule]) != oracle.set_of(new[rule])
    ]
    for names, is_admitting in (
        (attribution.refusing, False),
        (attribution.admitting, True),
    ):
        if is_left(old, new, names, is_admitting=is_admitting):
            yield f"undoing {names} leaves a difference"
        for fewer in range(len(names)):
            for others in combinations(changed, fewer):
                if not is_left(old, new, others, is_admitting=is_admitting):
                    yield f"undoing {others} is enough, not {names}"


def is_left(
    old: Said, new: Said, names: tuple[str, ...], *, is_admitting: bool
) -> bool:
    """
    Tell whether a difference is left when the rules with these *names* are undone.
    """
    before, after = (
        oracle.accepted(old),
        oracle.accepted(oracle.undone(new, old, names)),
    )
    return bool(after - before if is_admitting else before - after)


def first(texts: frozenset[str], order: Callable[[str], object]) -> str | None:
    """
    Return the first of *texts*, the shortest before all others.
    """
    return min(texts, key=cast("Any", order), default=None)


def by_code_point(text: str) -> object:
    """
    Return what texts are sorted by.
    """
    return len(text), text


def by_readability(text: str) -> object:
    """
    Return what texts are sorted by, the most readable first.
    """
    end = len(READABLE)
    ranks = [(READABLE.index(c) if c in READABLE else end, c) for c in text]
    return len(text), ranks


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
