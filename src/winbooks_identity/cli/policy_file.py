"""
Which policies does the command line mean?
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from ..adapters.files import NotAKeyFile, because
from ..adapters.sorted_key_file import SortedKeyFile
from ..errors import Invalid, InvalidFields
from ..passwords import PasswordJudge, PasswordPolicy
from ..passwords.named import NAMED
from ..passwords.notation import Unreadable
from ..problems import Problem
from .options import PasswordRules
from .usage import WrongUsage


__all__ = ["judge_of", "policies"]

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


def judge_of(rules: PasswordRules | None) -> PasswordJudge:
    """
    Return what decides about passwords by *rules*; the Portal's by default.

    Raises:
        WrongUsage: the policy is neither a name nor a file in a notation of ours.
        FileUnavailable: a file is missing, may not be read, or holds no keys.
        InvalidFields: the file holds no policy.
    """
    asked = rules or PasswordRules()
    (policy,) = policies(asked.policy) if asked.policy else (PasswordPolicy(),)
    return PasswordJudge(policy=policy, breached=_breached(asked.breached))


def _breached(file: Path | None) -> SortedKeyFile | None:
    if file is None:
        return None
    try:
        return SortedKeyFile(file)
    except OSError as error:
        raise because(error, file) from error
    except ValueError as error:
        raise NotAKeyFile(file) from error


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
