"""
How does a hook stop a change of policy that was not meant?
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import Parameter
from rich.text import Text

from ..errors import InvalidFields
from ..passwords import PasswordPolicy
from ..passwords.change import PolicyChange, policy_change
from ..passwords.change_formats import as_data, as_text
from .answer import Answer
from .exit_code import ExitCode
from .git_revision import IN_GIT, is_in_revision, names_before
from .options import OnScreen
from .policy_file import MAX_COMPARED, policies
from .screen import Screen
from .usage import WrongUsage


__all__ = ["gate"]

#: What a file that is new takes the place of.
_BEFORE: Final = "portal"

#: Which changes are allowed where nothing is said.
_ALLOWED: Final = ("stricter",)


def gate(
    *files: Annotated[Path, Parameter(help="cli.option.policy_files")],
    against: Annotated[str, Parameter(help="cli.option.against")] = "HEAD",
    allow: Annotated[
        tuple[Literal["stricter", "looser", "incomparable"], ...],
        Parameter(help="cli.option.allow"),
    ] = (),
    screen: OnScreen,
) -> Answer:
    """
    Refuse changes of policy files that are not allowed; for a hook.
    """
    changes = {_name(file): _change(file, against) for file in files}
    allowed = {"equal", *(allow or _ALLOWED)}
    refused = [
        name for name, change in changes.items() if change.verdict not in allowed
    ]
    documents = [
        {
            "file": name,
            "verdict": change.verdict,
            "is_allowed": name not in refused,
            **as_data(change),
        }
        for name, change in changes.items()
    ]
    return Answer(
        code=ExitCode.REFUSED if refused else ExitCode.DONE,
        document={"files": documents},
        raw="\n".join(
            f"{name}\n{_told(change, name, screen)}"
            for name, change in changes.items()
            if change.verdict != "equal"
        ),
        words=tuple(
            Text(screen.text("cli.policy.gate_refused", path=name), "red")
            for name in refused
        ),
    )


def _name(file: Path) -> str:
    """
    Return the name of *file* on one line.

    A pull request chooses it, and a line of its own could be a command to a runner.
    """
    return "".join(c if c.isprintable() else "\ufffd" for c in file.as_posix())


def _change(file: Path, against: str) -> PolicyChange:
    before = _before(file, against)
    (after,) = policies(str(file), most=MAX_COMPARED)
    return policy_change(before, after)


def _before(file: Path, against: str) -> PasswordPolicy:
    """
    Return the policy that *file* takes the place of, under whatever name.

    Under another name, a looser policy would be compared with the Portal's.
    """
    # Git takes a path without a dot from the top of the repository.
    name = Path(os.path.relpath(file)).as_posix()
    if is_in_revision(against, name):
        (before,) = policies(f"{IN_GIT}{against}:./{name}", most=MAX_COMPARED)
        return before
    for earlier in names_before(against, name):
        with suppress(InvalidFields, WrongUsage):  # What was no policy is none.
            (before,) = policies(f"{IN_GIT}{against}:{earlier}", most=MAX_COMPARED)
            return before
    (portal,) = policies(_BEFORE)
    return portal


def _told(change: PolicyChange, name: str, screen: Screen) -> str:
    return as_text(
        change,
        screen.language,
        name=name,
        width=screen.out.width if screen.is_watched else None,
        translator=screen.translator,
    )
