"""
How does a hook stop a change of policy that was not meant?
"""

import os
from pathlib import Path
from typing import Annotated, Final, Literal

from cyclopts import Parameter
from rich.text import Text

from ..passwords.change import PolicyChange, policy_change
from ..passwords.change_formats import as_data, as_text
from .answer import Answer
from .exit_code import ExitCode
from .git_revision import IN_GIT, is_in_revision
from .options import OnScreen
from .policy_file import MAX_COMPARED, policies
from .screen import Screen


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
    # Git takes a path without a dot from the top of the repository.
    name = Path(os.path.relpath(file)).as_posix()
    is_new = not is_in_revision(against, name)
    old = _BEFORE if is_new else f"{IN_GIT}{against}:./{name}"
    before, after = policies(old, str(file), most=MAX_COMPARED)
    return policy_change(before, after)


def _told(change: PolicyChange, name: str, screen: Screen) -> str:
    return as_text(
        change,
        screen.language,
        name=name,
        width=screen.out.width if screen.is_watched else None,
        translator=screen.translator,
    )
