"""
What runs commands of the command line, for tests, and what they end with.
"""

import json
from collections.abc import Mapping
from typing import Any, final

import attrs
import pytest

from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.cli.application import run
from winbooks_identity.ports import PasswordHasher


@final
@attrs.frozen
class Ended:
    """
    How a command ended, and what it wrote.
    """

    code: int
    out: str
    err: str

    @property
    def document(self) -> Mapping[str, Any]:
        """
        Return the one JSON document on standard output.
        """
        document: Mapping[str, Any] = json.loads(self.out)
        return document


@final
@attrs.frozen
class CommandLine:
    """
    Runs commands with cheap hashes; each begins with the words in *beginning*.
    """

    capsys: pytest.CaptureFixture[str]
    beginning: tuple[str, ...] = ()

    def __call__(self, *words: str, hasher: PasswordHasher | None = None) -> Ended:
        """
        Return how the command ended.
        """
        code = run((*self.beginning, *words), hasher=hasher or Argon2Hasher(CHEAPEST))
        written = self.capsys.readouterr()
        return Ended(code, written.out, written.err)

    def below(self, *words: str) -> "CommandLine":
        """
        Return what runs the commands that begin with *words*.
        """
        return attrs.evolve(self, beginning=words)
