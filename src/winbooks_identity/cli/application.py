"""
Which commands are there, and how does each of them end?
"""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Final

from cyclopts import App, CycloptsError
from rich.text import Text

from ..errors import IdentityError
from ..ports import PasswordHasher
from .answer import Answer, failed
from .exit_code import Difference, ExitCode
from .language import chosen_language
from .screen import Screen
from .usage import WrongUsage, explain


__all__ = ["app", "run"]

_EXIT_CODES: Final = """\
Exit codes: 0 done; 1 refused or invalid; 2 wrong usage; 69 something needed is \
unavailable; 75 partly done, try again; 130 interrupted.\
"""

_EXIT_CODES_OF_DIFF: Final = """\
Exit codes: 0 equal; 1 stricter; 2 looser; 3 incomparable; 64 wrong usage; 65 a \
policy is invalid or too large; 69 a file is unavailable; 130 interrupted.\
"""

app: Final = App(
    name="winbooks-identity",
    help="Provision WinBooks IDs: users, their passwords and their mails.",
    help_epilogue=_EXIT_CODES,
    help_format="plaintext",
)

_HERE: Final = "winbooks_identity.cli"

app.command(
    f"{_HERE}.provision:provision",
    help="Create the users of an office from a file.\n\n"
    "The whole file is checked first, and every problem is shown with its line."
    " What is there already stays as it is: running it again is safe.",
)
app.command(
    f"{_HERE}.create:create",
    help="Create one user; what is missing is asked for.\n\n"
    "A password that is not generated is asked for on a terminal; otherwise it is"
    " the first line of standard input. It is never an argument.",
)
app.command(
    f"{_HERE}.users:list_users",
    name="list",
    help="List the users of a licence.",
)
app.command(f"{_HERE}.users:show", help="Show one user, field by field.")
app.command(f"{_HERE}.deliver:deliver", help="Deliver the mails that wait.")

app.command(
    f"{_HERE}.sync:sync",
    help="Make the users of an on Web licence follow licence management.\n\n"
    "Without --apply the plan is shown and nothing changes. With --json it can be"
    " saved, mailed, and carried out later from its file.",
)

_password: Final = App(name="password", help="Generate and check passwords.")
_password.command(
    f"{_HERE}.password:generate",
    help="Generate a password that the Portal accepts.\n\n"
    "It is drawn uniformly from all that are accepted, without look-alikes.",
)
_password.command(
    f"{_HERE}.password:check",
    help="Say whether the Portal accepts a password, and if not, why.\n\n"
    "It is asked for on a terminal; otherwise it is the first line of standard"
    " input. It is never an argument.",
)
app.command(_password)

_policy: Final = App(name="policy", help="Show, compare and audit password policies.")
_policy.command(
    f"{_HERE}.policy:show",
    help="Show the rules of a policy.",
)
_policy.command(
    f"{_HERE}.policy:diff",
    help="Say what a new policy is, seen from the old one.\n\n"
    "The answer is exact, not sampled. Rules that take an estimate or a look-up"
    " cannot be compared password by password: they count by asking for more or"
    " for less.",
    help_epilogue=_EXIT_CODES_OF_DIFF,
)
_policy.command(
    f"{_HERE}.policy:audit",
    help="Hold a policy against a standard, clause by clause.\n\n"
    "The exit code is 1 if a clause is not met.",
)
_policy.command(
    f"{_HERE}.policy:impact",
    help="Say what a new policy means for the passwords that are stored.\n\n"
    "No password is needed for it: each is stored with the fingerprint of the"
    " policy that accepted it. All licences are counted, unless --licence or --as"
    " names somebody who stands in one.",
)
app.command(_policy)

_database: Final = App(name="database", help="Look after the database.")
_database.command(
    f"{_HERE}.database:upgrade",
    help="Bring the tables of the database up to date.",
)
app.command(_database)


def run(
    arguments: Sequence[str], *, hasher: PasswordHasher | None = None
) -> ExitCode | Difference:
    """
    Run the command in *arguments* and return what the shell is told.

    Args:
        arguments: what was typed, without the name of the program.
        hasher: turns passwords into what is stored; Argon2id by default.
    """
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal cannot show must not stop a command.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    screen = Screen(chosen_language(arguments, os.environ))
    chain, _, _ = app.parse_commands(arguments)
    codes = Difference if chain == ("policy", "diff") else ExitCode
    try:
        command, bound, injected = app.parse_args(
            arguments, exit_on_error=False, print_error=False
        )
    except CycloptsError as error:
        explain(error, app, screen)
        return codes.USAGE
    try:
        surroundings = {"screen": screen, "hasher": hasher}
        given = {name: surroundings[name] for name in injected}
        answer = command(*bound.args, **bound.kwargs, **given)
    except WrongUsage as wrong:
        screen.say(wrong.code, style="red", **wrong.params)
        return codes.USAGE
    except IdentityError as failure:
        answer = failed(failure, screen)
    except (KeyboardInterrupt, EOFError):
        message = Text(screen.text("cli.interrupted"), "yellow")
        answer = Answer(code=ExitCode.INTERRUPTED, document={}, words=(message,))
    if not isinstance(answer, Answer):
        return ExitCode.DONE  # The help has been shown.
    output = bound.arguments.get("output")
    told = answer.give(screen, as_json=bool(output and output.json))
    return codes[told.name]
