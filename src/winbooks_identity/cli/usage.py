"""
What is said of a command line that is wrong, without repeating what was typed?

A value in the wrong place may be a password; so only names of ours are shown.
"""

from collections.abc import Iterable
from difflib import get_close_matches

from cyclopts import App, Argument
from cyclopts.exceptions import (
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
    ValidationError,
)

from .help_page import placeholders
from .screen import Screen


__all__ = ["WrongUsage", "explain"]


class WrongUsage(Exception):
    """
    Arguments do not fit: the code of the sentence that says why, and its parameters.
    """

    def __init__(self, code: str, **params: str) -> None:
        """
        Take the *code* of the sentence; *params* hold nothing that was typed.
        """
        super().__init__(code)
        self.code = code
        self.params = params


def explain(error: CycloptsError, app: App, screen: Screen) -> None:
    """
    Say what is wrong with the command line, and where to find help.
    """
    match error:
        case UnknownOptionError():
            known = [
                name
                for argument in (*error.argument_collection, *_everywhere(app))
                for name in argument.names
                if name.startswith("--")
            ]
            typed = (error.token.keyword or error.token.value or "").partition("=")[0]
            nearest = get_close_matches(typed, known, n=1, cutoff=0)[0]
            sentence = screen.text("cli.usage.unknown_option", nearest=nearest)
        case UnknownCommandError():
            sentence = screen.text(
                "cli.usage.unknown_command", commands=_commands(error)
            )
        case UnusedCliTokensError():
            sentence = screen.text("cli.usage.too_much")
        case MissingArgumentError():
            sentence = screen.text("cli.usage.missing", name=_name(error, screen))
        case CoercionError() | ValidationError():
            sentence = screen.text("cli.usage.wrong_value", name=_name(error, screen))
        case RepeatArgumentError():
            sentence = screen.text("cli.usage.repeated", name=error.token.keyword or "")
        case _:
            sentence = screen.text("cli.usage.wrong")
    screen.err.print(sentence, style="red")
    command = " ".join((app.name[0], *(error.command_chain or ())))
    screen.say("cli.usage.help", command=command)


def _everywhere(app: App) -> Iterable[Argument]:
    return app.meta.assemble_argument_collection()


def _name(error: CycloptsError, screen: Screen) -> str:
    name = error.argument.name if error.argument is not None else ""
    return placeholders(name, screen)


def _commands(error: CycloptsError) -> str:
    names = error.app or ()
    return ", ".join(sorted(name for name in names if not name.startswith("-")))
