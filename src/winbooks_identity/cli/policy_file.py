"""
Which policies does the command line mean?
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ..adapters.files import because
from ..errors import Invalid, InvalidFields
from ..passwords import PasswordPolicy
from ..passwords.named import NAMED
from ..passwords.notation import Unreadable
from ..problems import Problem
from .usage import WrongUsage


__all__ = ["policies"]

#: How a policy is written in a file that ends so.
_NOTATIONS: Final = {
    ".toml": ("TOML", PasswordPolicy.from_toml),
    ".json": ("JSON", PasswordPolicy.from_json),
}


def policies(*asked: str) -> Sequence[PasswordPolicy]:
    """
    Return the policies that are *asked* for, each by its name or its file.

    Raises:
        WrongUsage: one is neither a name nor a file in a notation of ours.
        FileUnavailable: a file is missing or may not be read.
        InvalidFields: files hold no policies: every problem of each of them.
    """
    found: list[PasswordPolicy] = []
    problems: dict[str, tuple[Problem, ...]] = {}
    for each in asked:
        try:
            found.append(NAMED[each] if each in NAMED else _read(Path(each)))
        except Invalid as invalid:
            problems[each] = tuple(invalid.problems)
    InvalidFields.raise_if_any(problems)
    return found


def _read(file: Path) -> PasswordPolicy:
    if file.suffix not in _NOTATIONS:
        raise WrongUsage("cli.usage.no_such_policy", names=", ".join(NAMED))
    notation, parse = _NOTATIONS[file.suffix]
    try:
        return parse(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise because(error, file) from error
    except UnicodeDecodeError as error:
        raise Invalid((Unreadable(notation),)) from error
