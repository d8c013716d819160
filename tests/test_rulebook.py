"""
Rulebook, code and tests name the same rules.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import winbooks_identity


ROOT = Path(__file__).parent.parent
PACKAGE = Path(winbooks_identity.__file__).parent
IDS = re.compile(r"\[((?:[RQS]\d+(?:,\s+)?)+)\]")
ROW = re.compile(
    r"^\| ([RQS]\d+) \| [^|]+ \| ([^|]+) \| (spec|public page|our reading) \|$",
    re.MULTILINE,
)
NOT_MODELLED = "not modelled"


def rows() -> list[tuple[str, str]]:
    """
    Return the id and the place of every rule in the book.
    """
    book = (ROOT / "docs" / "rules.md").read_text("utf-8")
    return [(rule, place.strip("`")) for rule, place, _ in ROW.findall(book)]


def enforced() -> dict[str, str]:
    """
    Return the place of every rule that the library enforces.
    """
    return {rule: place for rule, place in rows() if place != NOT_MODELLED}


@cache
def named_in(folder: Path) -> tuple[tuple[str, str], ...]:
    """
    Return every rule that a docstring in *folder* names, and whose docstring it is.
    """
    named: list[tuple[str, str]] = []
    for path in folder.rglob("*.py"):
        parts = path.relative_to(folder).with_suffix("").parts
        module = ".".join(part for part in parts if part != "__init__")
        tree = ast.parse(path.read_text("utf-8"))
        named += ((rule, module) for rule in rules_of(tree))
        named += walk(tree, module)
    return tuple(named)


def walk(node: ast.AST, prefix: str) -> Iterator[tuple[str, str]]:
    """
    Yield the rules that the definitions below *node* name.
    """
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef):
            name = f"{prefix}.{child.name}"
            yield from ((rule, name) for rule in rules_of(child))
            yield from walk(child, name)


def rules_of(node: ast.Module | ast.ClassDef | ast.FunctionDef) -> list[str]:
    """
    Return the rules that the docstring of *node* names.
    """
    found = IDS.findall(ast.get_docstring(node) or "")
    return [rule for group in found for rule in re.split(r",\s+", group)]


class TestRulebook:
    """
    Every rule stands once in the book, in the code and in the tests.
    """

    def test_every_rule_has_one_row(self) -> None:
        """
        R1 to R73 are all there, and no rule stands in two rows.
        """
        counted = Counter(rule for rule, _ in rows())

        assert {f"R{number}": 1 for number in range(1, 74)} == {
            rule: count for rule, count in counted.items() if rule[0] == "R"
        }

    def test_every_row_is_read(self) -> None:
        """
        A row in another form than the others is not overlooked.
        """
        book = (ROOT / "docs" / "rules.md").read_text("utf-8")

        assert len(re.findall(r"^\| [RQS]\d", book, re.MULTILINE)) == len(rows())

    @pytest.mark.parametrize("rule,place", sorted(enforced().items()))
    def test_the_place_in_the_book_names_the_rule(self, rule: str, place: str) -> None:
        """
        Whoever looks a rule up in the code finds its id there.
        """
        package, _, _ = place.partition(".")
        tail = place.rpartition(".")[2]
        named = [where for which, where in named_in(PACKAGE) if which == rule]

        assert [
            where
            for where in named
            if where.partition(".")[0] == package and where.endswith(tail)
        ] != []

    def test_the_code_names_no_rule_that_the_book_lacks(self) -> None:
        """
        An id in a docstring can be looked up, and is not marked as left out.
        """
        assert set() == {rule for rule, _ in named_in(PACKAGE)} - set(enforced())

    def test_every_enforced_rule_has_a_test(self) -> None:
        """
        A rule without a test is named.
        """
        tested = {rule for rule, _ in named_in(ROOT / "tests")}

        assert set() == set(enforced()) - tested
