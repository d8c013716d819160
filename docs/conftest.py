"""
How does every code block of the documentation run in the normal test run?
"""

from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.myst import (
    DocTestDirectiveParser,
    PythonCodeBlockParser,
    SkipParser,
)


@pytest.fixture
def in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    Let the files that a page makes stay out of the repository.
    """
    monkeypatch.chdir(tmp_path)


pytest_collect_file = Sybil(
    parsers=[DocTestDirectiveParser(), PythonCodeBlockParser(), SkipParser()],
    patterns=["*.md"],
    excludes=["reference/*", "rules.md"],
    fixtures=["in_a_folder_of_its_own"],
).pytest()
