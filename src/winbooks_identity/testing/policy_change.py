"""
Which passwords does a change of policy refuse or admit, and is that what we want?

    assert_policy_change(OLD, NEW, expected="stricter")
    assert decision_table(NEW) == Path("policy.txt").read_text("utf-8")
"""

from collections.abc import Collection
from itertools import combinations
from typing import Any, Final

import attrs

from ..errors import Invalid
from ..passwords import PasswordPolicy
from ..passwords.canonical import Kind
from ..passwords.change import policy_change
from ..passwords.change_formats import as_text
from ..passwords.comparison import PolicyComparison, Relation


__all__ = ["assert_policy_change", "decision_table"]

_NAMES: Final = {
    Kind.LOWER: "lower case",
    Kind.UPPER: "upper case",
    Kind.DIGIT: "digit",
    Kind.SPECIAL: "special",
    None: "of no kind",
}

#: Where the lines of a report are folded.
_COLUMNS: Final = 80

#: The rules of a policy that speak of one kind.
_RULES: Final = {
    Kind.LOWER: "lower",
    Kind.UPPER: "upper",
    Kind.DIGIT: "digits",
    Kind.SPECIAL: "special",
}


def assert_policy_change(
    old: PasswordPolicy,
    new: PasswordPolicy,
    *,
    expected: Relation | Collection[Relation],
    undecided: Collection[str] = (),
) -> PolicyComparison:
    """
    Fail unless *new*, seen from *old*, is as *expected*; say why.

    The answer is exact, not sampled. The message is the report of ``policy diff``:
    what is refused and accepted from now on, because of which rules, and whom it hits.

    Args:
        old: the policy that is in force.
        new: the policy that takes its place.
        expected: one relation, or all that will do.
        undecided: the rules that no comparison can decide, by name; a test
            has to admit to each of them.

    Returns:
        the comparison, for further questions.

    Raises:
        AssertionError: the relation is another one, or other rules are
            undecided.
        Invalid: the policies are too large to compare exactly.
    """
    comparison = old.compare(new)
    wanted = {expected} if isinstance(expected, str) else set(expected)
    if comparison.relation not in wanted:
        said = f"expected: {' or '.join(sorted(wanted))}"
        raise AssertionError(_report(comparison, old, new, said))
    if set(comparison.undecided) != set(undecided):
        said = (
            "but that leaves out the rules that take an estimate or a look-up:"
            f" {_listed(comparison.undecided)}; the test admits to"
            f" {_listed(undecided)}"
        )
        raise AssertionError(_report(comparison, old, new, said))
    return comparison


def decision_table(policy: PasswordPolicy) -> str:
    """
    Return *policy* as text, to be kept as a snapshot and reviewed when it changes.

    One line for each choice of kinds, with the length from which a password of
    exactly these kinds can be accepted; then every rule that is not off.
    """
    kinds = list(Kind)
    header = [*(_NAMES[kind] for kind in kinds), "accepted from"]
    rows = [
        [*("x" if kind in chosen else "-" for kind in kinds), _from(policy, chosen)]
        for number in range(len(kinds) + 1)
        for chosen in combinations(kinds, number)
    ]
    widths = [len(title) for title in header]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in (header, *rows)
    ]
    rules = [f"{name} = {value!r}" for name, value in policy.to_mapping().items()]
    return "".join(f"{line.rstrip()}\n" for line in (*lines, "", *rules))


def _from(policy: PasswordPolicy, chosen: Collection[Kind]) -> str:
    rules: dict[str, Any] = {}
    for kind, name in _RULES.items():
        if kind in chosen:
            rules[f"min_{name}"] = max(1, policy.minimum_of(kind))
        else:
            rules[f"max_{name}"] = 0
    try:
        only = attrs.evolve(policy, **rules)
    except Invalid:
        return "never"
    return str(len(only.witness))


def _report(
    comparison: PolicyComparison, old: PasswordPolicy, new: PasswordPolicy, said: str
) -> str:
    told = as_text(policy_change(old, new), width=_COLUMNS)
    return f"the new policy is {comparison.relation}, {said}\n\n{told}"


def _listed(names: Collection[str]) -> str:
    return ", ".join(names) or "none"
