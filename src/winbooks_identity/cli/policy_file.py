"""
Which policies does the command line mean?
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from ..adapters.files import NotAKeyFile, NotALeakList, because
from ..adapters.password_list import choices_in
from ..adapters.sorted_key_file import SortedKeyFile
from ..errors import Invalid, InvalidFields
from ..passwords import PasswordJudge, PasswordPolicy
from ..passwords.breached import BreachCheck
from ..passwords.named import NAMED
from ..passwords.notation import MAX_TEXT, TextTooLong, Unreadable
from ..passwords.people import Choice, habitual_choices, public_choices
from ..passwords.work import MAX_WORK, TooLarge
from ..problems import Problem
from .git_revision import IN_GIT, read_revision
from .options import PasswordRules
from .screen import Screen
from .usage import WrongUsage


__all__ = [
    "MAX_COMPARED",
    "judge_of",
    "leaked_passwords",
    "lists_of",
    "path_of",
    "policies",
]

#: How many characters a policy has that is compared: in a longer one, the lists are
#: too large for an exact answer, and this is told before they are read.
MAX_COMPARED: Final = 100_000

#: The most octets of a character.
_OCTETS: Final = 4

#: Lists of passwords that come with the library.
_LISTS: Final = {"habits": habitual_choices, "public": public_choices}

#: How a policy is written in a file that ends so.
_NOTATIONS: Final = {
    ".toml": ("TOML", PasswordPolicy.from_toml),
    ".json": ("JSON", PasswordPolicy.from_json),
}


def policies(*asked: str, most: int = MAX_TEXT) -> Sequence[PasswordPolicy]:
    """
    Return the policies that are *asked* for, each by its name or its file.

    Args:
        asked: names, files, or ``git:REVISION:PATH``.
        most: how many characters a file may have; see `MAX_COMPARED`.

    Raises:
        WrongUsage: one is neither a name nor a file in a notation of ours.
        FileUnavailable: a file is missing or may not be read.
        InvalidFields: files hold no policies: every problem of each of them.
    """
    found: list[PasswordPolicy] = []
    problems: dict[str, tuple[Problem, ...]] = {}
    for each in asked:
        try:
            found.append(NAMED[each] if each in NAMED else _read(each, most))
        except Invalid as invalid:
            problems[each] = tuple(invalid.problems)
    InvalidFields.raise_if_any(problems)
    return found


def judge_of(rules: PasswordRules | None, screen: Screen) -> PasswordJudge:
    """
    Return what decides about passwords by *rules*; the Portal's by default.

    Raises:
        WrongUsage: the policy is neither a name nor a file in a notation of ours.
        FileUnavailable: a file is missing, may not be read, or holds no keys.
        InvalidFields: the file holds no policy.
    """
    asked = rules or PasswordRules()
    (policy,) = policies(asked.policy) if asked.policy else (PasswordPolicy(),)
    leaked = leaked_passwords(asked.breached, screen, policy)
    return PasswordJudge(policy=policy, breached=leaked)


def leaked_passwords(
    file: Path | None, screen: Screen, *asking: PasswordPolicy
) -> SortedKeyFile | None:
    """
    Return the leaked passwords in *file*, if one is given.

    A file that none of the policies is *asking* for is remarked on.

    Raises:
        FileUnavailable: it is missing, may not be read, or holds no keys.
    """
    if file is None:
        return None
    try:
        leaked = SortedKeyFile(file)
    except OSError as error:
        raise because(error, file) from error
    except ValueError as error:
        raise NotAKeyFile(file) from error
    if all(policy.breach_check is BreachCheck.OFF for policy in asking):
        screen.say("cli.breached_unused", style="yellow")
    return leaked


def lists_of(asked: Iterable[str]) -> Mapping[str, Iterator[Choice]]:
    """
    Return the lists of passwords that are *asked* for, by name, each read as it goes.
    """
    return {each: _LISTS[each]() if each in _LISTS else _list(each) for each in asked}


def path_of(asked: str) -> str:
    """
    Return the path of the policy that is *asked* for; one with a name has none.
    """
    if asked in NAMED:
        return ""
    if asked.startswith(IN_GIT):
        return asked.removeprefix(IN_GIT).partition(":")[2]
    return asked


def _list(file: str) -> Iterator[Choice]:
    try:
        yield from choices_in(Path(file))
    except OSError as error:
        raise because(error, Path(file)) from error
    except ValueError as error:
        raise NotALeakList(Path(file)) from error


def _read(asked: str, most: int) -> PasswordPolicy:
    file = Path(path_of(asked))
    if file.suffix not in _NOTATIONS:
        raise WrongUsage("cli.usage.no_such_policy", names=", ".join(NAMED))
    notation, parse = _NOTATIONS[file.suffix]
    try:
        if asked.startswith(IN_GIT):
            text = read_revision(asked.removeprefix(IN_GIT), _OCTETS * most)
        else:
            with file.open("rb") as opened:
                text = opened.read(_OCTETS * most + 1)
        if len(text) > _OCTETS * most or len(decoded := text.decode("utf-8")) > most:
            is_long = most == MAX_TEXT
            raise Invalid((TextTooLong(most) if is_long else TooLarge(MAX_WORK),))
        return parse(decoded)
    except OSError as error:
        raise because(error, file) from error
    except UnicodeDecodeError as error:
        raise Invalid((Unreadable(notation),)) from error
