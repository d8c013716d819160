"""
What a command of the command line ended with, for the tests that run some.
"""

import json
from collections.abc import Mapping
from typing import Any, final

import attrs


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
