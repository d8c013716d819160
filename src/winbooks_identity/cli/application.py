"""
Which commands are there, and how does each of them end?
"""

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Final

from cyclopts import App, CycloptsError, Parameter
from rich.text import Text

from ..adapters.stderr_log import logging_to_stderr
from ..errors import IdentityError
from ..ports import PasswordHasher
from ..texts import Translator
from .answer import Answer, failed
from .exit_code import Difference, ExitCode
from .help_page import HelpPage, shown_default
from .language import chosen_language
from .options import everywhere
from .screen import Screen
from .usage import WrongUsage, explain


__all__ = ["application", "run"]

#: Commands that have commands below them.
_GROUPS: Final = (
    "user",
    "licence",
    "password",
    "policy",
    "mail",
    "key",
    "database",
    "scim",
    "scim token",
)

#: Where each command is; it is loaded when it is used.
_COMMANDS: Final = {
    "provision": "provision:provision",
    "user create": "user.create:create",
    "user list": "user.reading:list_users",
    "user show": "user.reading:show",
    "user edit": "user.steps:edit",
    "user activate": "user.steps:activate",
    "user deactivate": "user.steps:deactivate",
    "user change-level": "user.steps:change_level",
    "user grant": "user.steps:grant",
    "user revoke": "user.steps:revoke",
    "user notify": "user.steps:notify",
    "user reset-password": "user.login:reset_password",
    "user send-link": "user.login:send_link",
    "user change-id": "user.login:change_id",
    "user withdraw-id": "user.login:withdraw_id",
    "user unlock": "user.lock_out:unlock",
    "user erase": "user.steps:erase",
    "user export": "user.inquiry:export",
    "user history": "user.inquiry:history",
    "user explain": "user.explaining:explain",
    "licence list": "licence:list_licences",
    "licence show": "licence:show",
    "licence rename": "licence:rename",
    "licence add-dossier": "licence:add_dossier",
    "licence rename-dossier": "licence:rename_dossier",
    "licence close-dossier": "licence_life:close_dossier",
    "licence move-to-on-web": "licence_life:move_to_on_web",
    "deliver": "deliver:deliver",
    "metrics": "metrics:metrics",
    "sync": "sync:sync",
    "collisions": "collisions:collisions",
    "completion": "completion:completion",
    "password generate": "password:generate",
    "password check": "password:check",
    "password index-leaks": "password:index_leaks",
    "policy show": "policy:show",
    "policy diff": "policy:diff",
    "policy gate": "policy_gate:gate",
    "policy audit": "policy:audit",
    "policy impact": "policy:impact",
    "mail list": "mail:list_mails",
    "mail show": "mail:show",
    "mail retry": "mail_decisions:retry",
    "mail discard": "mail_decisions:discard",
    "mail hold": "mail_decisions:hold",
    "key create": "key:create",
    "key list": "key:list_keys",
    "key rotate": "key:rotate",
    "key remove": "key:remove",
    "database backup": "database:backup",
    "database check": "database:check",
    "database upgrade": "database:upgrade",
    "database housekeep": "housekeeping:housekeep",
    "scim serve": "scim.serve:serve",
    "scim token create": "scim.token:create",
    "scim token list": "scim.token:list_tokens",
    "scim token rotate": "scim.token:rotate",
    "scim token revoke": "scim.token:revoke",
}


def application(screen: Screen) -> App:
    """
    Return the commands; their help is in the language of *screen*.
    """
    app = App(
        name="winbooks-identity",
        help="cli.help.program",
        help_format="plaintext",
        help_formatter=HelpPage(screen),
        help_epilogue=screen.text("cli.help.exit_codes"),
        default_parameter=Parameter(negative="", show_default=shown_default),
    )
    app["--help"].help = "cli.command.help"
    app["--version"].help = "cli.command.version"
    groups = {"": app}
    for path in _GROUPS:
        above, _, name = path.rpartition(" ")
        groups[path] = App(name=name, help=f"cli.command.{path.replace(' ', '.')}")
        groups[above].command(groups[path])
    for path, place in _COMMANDS.items():
        group, _, name = path.rpartition(" ")
        is_diff = path == "policy diff"
        codes = "cli.help.exit_codes_of_diff" if is_diff else "cli.help.exit_codes"
        groups[group].command(
            f"winbooks_identity.cli.{place}",
            name=name,
            help=f"cli.command.{path.replace(' ', '.')}",
            help_epilogue=screen.text(codes),
            help_flags=app.help_flags,
            version_flags=app.version_flags,
        )
    # What stands before a command leaves help and version to the command.
    app.meta.help_flags = app.meta.version_flags = ()
    app.meta.default(everywhere)
    return app


def run(
    arguments: Sequence[str],
    *,
    hasher: PasswordHasher | None = None,
    translator: Translator | None = None,
) -> ExitCode | Difference:
    """
    Run the command in *arguments* and return the exit code.

    Args:
        arguments: what was typed, without the name of the program.
        hasher: turns passwords into what is stored; Argon2id by default.
        translator: a product's own words, asked first.
    """
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal cannot show must not stop a command.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    screen = Screen(chosen_language(arguments, os.environ), translator=translator)
    app = application(screen)
    # A gate never takes a misspelled option for a looser policy.
    codes = Difference if "diff" in arguments else ExitCode
    try:
        _, given, _ = app.meta.parse_args(
            arguments, exit_on_error=False, print_error=False
        )
        screen.answers_in_json = given.arguments.get("json", False)
        chain, _, _ = app.parse_commands(given.args)
        codes = Difference if chain == ("policy", "diff") else ExitCode
        command, bound, injected = app.parse_args(
            given.args, exit_on_error=False, print_error=False
        )
    except CycloptsError as error:
        explain(error, app, screen)
        return codes.USAGE
    try:
        surroundings = {"screen": screen, "hasher": hasher}
        wanted = {name: surroundings[name] for name in injected}
        with logging_to_stderr(asked=given.arguments.get("log", False)):
            answer = command(*bound.args, **bound.kwargs, **wanted)
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
    return codes[answer.give(screen).name]
