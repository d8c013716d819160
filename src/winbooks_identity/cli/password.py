"""
How are passwords generated and checked from a shell?
"""

import sys
from codecs import BOM_UTF8
from getpass import getpass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from ..adapters.files import NotALeakList, because
from ..adapters.sorted_key_file import SortedKeyFile, keys_in_text
from ..problems import Missing
from .answer import Answer, in_json
from .exit_code import ExitCode
from .options import OnScreen, PasswordRules
from .policy_file import judge_of
from .screen import Screen


__all__ = ["ask_new_password", "check", "generate", "index_leaks", "read_password"]


def generate(
    *,
    length: Annotated[int, Parameter(help="cli.option.length")] = 16,
    count: Annotated[int, Parameter(help="cli.option.count")] = 1,
    plain_start: Annotated[bool, Parameter(help="cli.option.plain_start")] = False,
    rules: PasswordRules | None = None,
    screen: OnScreen,
) -> Answer:
    """
    Generate a password that the Portal accepts.

    It is drawn uniformly from all that are accepted, without look-alikes.
    """
    judge = judge_of(rules, screen)
    passwords = [
        judge.generate(length, personal=(), plain_start=plain_start).reveal()
        for _ in range(count)
    ]
    return Answer(
        document={"passwords": passwords}, results=tuple(map(Text, passwords))
    )


def check(
    *,
    personal: Annotated[
        tuple[str, ...], Parameter(name="--about", help="cli.option.about")
    ] = (),
    rules: PasswordRules | None = None,
    screen: OnScreen,
) -> Answer:
    """
    Say whether the Portal accepts a password, and if not, why.

    It is asked for on a terminal; otherwise it is the first line of standard
    input. It is never an argument.
    """
    judge = judge_of(rules, screen)
    text = read_password(screen)
    problems = judge.check(text, personal=personal) if text else (Missing(),)
    accepted = Text(screen.text("cli.password.accepted"), "green")
    return Answer(
        code=ExitCode.REFUSED if problems else ExitCode.DONE,
        document={"problems": [in_json(problem, screen) for problem in problems]},
        results=() if problems else (accepted,),
        words=tuple(Text(screen.message(problem), "red") for problem in problems),
    )


def index_leaks(
    source: Annotated[Path, Parameter(help="cli.option.leaks")],
    file: Annotated[Path, Parameter(help="cli.option.leaks_index")],
    /,
    *,
    screen: OnScreen,
) -> Answer:
    """
    Make a file for --breached from a list of leaked passwords.

    The list is text: a SHA-1 on each line, as they can be downloaded. It may be
    larger than the memory.
    """
    try:
        with source.open(encoding="utf-8-sig", errors="replace") as lines:
            count = SortedKeyFile.write(file, keys_in_text(lines))
    except OSError as error:
        raise because(
            error, source if error.filename == str(source) else file
        ) from error
    except ValueError as error:
        raise NotALeakList(source) from error
    said = screen.text("cli.password.indexed", number=count, path=str(file))
    return Answer(document={"keys": count}, results=(Text(said),))


def read_password(screen: Screen) -> str:
    """
    Return what was typed unseen, or the first line of standard input.

    Raises:
        EOFError: there is no standard input to read.
    """
    if screen.can_ask:
        return _ask(screen, "cli.field.password")
    # PowerShell puts a byte order mark before what it hands over.
    first = sys.stdin.buffer.readline().removeprefix(BOM_UTF8)
    line = first.decode(errors="surrogateescape")
    return line.removesuffix("\n").removesuffix("\r")


def ask_new_password(screen: Screen) -> str:
    """
    Return what was typed unseen twice; empty where one is to be generated.
    """
    while True:
        password = _ask(screen, "cli.field.password", "cli.password.generated")
        if not password or password == _ask(screen, "cli.password.repeat"):
            return password
        screen.say("cli.password.not_the_same", style="red")


def _ask(screen: Screen, code: str, hint: str | None = None) -> str:
    asked = screen.text(code) + (f" ({screen.text(hint)})" if hint else "")
    return getpass(f"{asked}: ", stream=sys.stderr)
