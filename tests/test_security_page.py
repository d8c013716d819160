"""
What SECURITY.md says of a standard is complete, and names what is there.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

import winbooks_identity
from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.adapters.sqlalchemy import open_sqlite
from winbooks_identity.adapters.sqlalchemy.schema import CREDENTIAL, LOGIN, USER


ROOT = Path(__file__).parent.parent
LIBRARY = Path(winbooks_identity.__file__).parent
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
ROW = re.compile(
    r"^\| ([68]\.[0-9.]+)(?: to ([68]\.[0-9.]+))? \| ([^|]+) \| (.+) \|$", re.MULTILINE
)
SHOWN = re.compile(r"`((?:tests|testing|benchmarks)/[\w/.]+)(?:::(\w+))?`")
STATES = {
    "met",
    "met but for spelling",
    "met but for what is said above",
    "by policy",
    "in part",
    "the product's",
    "not",
}

#: How many clauses each section of the chapters 6 and 8 has, in ASVS 5.0.0.
CHAPTERS = {
    6: {1: 3, 2: 12, 3: 8, 4: 6, 5: 8, 6: 4, 7: 2, 8: 4},
    8: {1: 4, 2: 4, 3: 3, 4: 2},
}


def clauses() -> Iterator[str]:
    """
    Yield every clause that the table has a state for.
    """
    for first, last, _, _ in ROW.findall(PAGE):
        section, _, begin = first.rpartition(".")
        end = (last or first).rpartition(".")[2]
        for number in range(int(begin), int(end) + 1):
            yield f"{section}.{number}"


class TestStandard:
    """
    The tables of OWASP ASVS 5.0, chapters 6 and 8.
    """

    def test_every_clause(self) -> None:
        """
        Once, in their order.
        """
        assert [
            f"{chapter}.{section}.{number}"
            for chapter, sections in CHAPTERS.items()
            for section, count in sections.items()
            for number in range(1, count + 1)
        ] == list(clauses())

    def test_states(self) -> None:
        """
        One of a few words.
        """
        assert set() == {state for _, _, state, _ in ROW.findall(PAGE)} - STATES

    @pytest.mark.parametrize("path,test", sorted(set(SHOWN.findall(PAGE))))
    def test_what_shows_it(self, path: str, test: str) -> None:
        """
        Is there, on the whole page.
        """
        folder = LIBRARY if path[:7] == "testing" else ROOT
        text = (folder / path).read_text("utf-8")

        assert not test or f"def {test}(" in text


class TestDefaults:
    """
    What the standard asks of a new installation.
    """

    def test_a_new_office_has_no_user(self, tmp_path: Path) -> None:
        """
        No one can sign in before someone is made.
        """
        open_office(tmp_path / "office.sqlite3", new=True).close()

        engine = open_sqlite(tmp_path / "office.sqlite3")
        with engine.connect() as connection:
            rows = [
                connection.scalar(select(func.count()).select_from(table))
                for table in (USER, LOGIN, CREDENTIAL)
            ]
        engine.dispose()
        assert [0, 0, 0] == rows
