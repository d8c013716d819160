"""
The office whose pages are tried.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from portal_demonstration import ELS, Demonstration, Reader, demonstration_in


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """
    Open an office in which nothing changes.
    """
    with demonstration_in(tmp_path_factory.mktemp("office")) as opened:
        yield opened


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Demonstration]:
    """
    Open an office that is used.
    """
    with demonstration_in(tmp_path) as opened:
        yield opened


@pytest.fixture
def els(office: Demonstration) -> Reader:
    """
    Return its Administrator, who is signed in.
    """
    return office.sign_in(ELS)
