"""
Which options do several commands share?
"""

from pathlib import Path
from typing import Annotated, Literal, final

import attrs
from cyclopts import Group, Parameter

from ..ports import PasswordHasher
from .screen import Screen


__all__ = [
    "ActingAs",
    "Address",
    "Database",
    "DryRun",
    "Hasher",
    "KeyFile",
    "LicenceNumber",
    "Mailing",
    "OnScreen",
    "Operator",
    "PasswordRules",
    "PortalUrl",
    "Sender",
    "ShowPasswords",
    "Standby",
    "everywhere",
]

_OUTPUT = Group("Output", sort_key=9)
_MAIL = Group("Mail", sort_key=5)


@final
class Address(str):
    """
    The path of a SQLite file, or the address of a PostgreSQL database.
    """

    __slots__ = ()


Database = Annotated[
    Address,
    Parameter(
        name=["--database", "-d"],
        env_var="WINBOOKS_IDENTITY_DATABASE",
        show_env_var=False,
        help="cli.option.database",
    ),
]
"""
Where everything is kept.
"""

Standby = Annotated[
    Address | None,
    Parameter(
        env_var="WINBOOKS_IDENTITY_STANDBY",
        show_env_var=False,
        help="cli.option.standby",
    ),
]
"""
Which server answers that may be a little late.
"""

DryRun = Annotated[bool, Parameter(help="cli.option.dry_run")]
"""
Whether the command only says what it would do.
"""

KeyFile = Annotated[
    Path | None,
    Parameter(
        env_var="WINBOOKS_IDENTITY_KEY_FILE",
        show_env_var=False,
        help="cli.option.key_file",
    ),
]
"""
Where the keys are.
"""

ActingAs = Annotated[str | None, Parameter(name="--as", help="cli.option.as")]
"""
In whose name something is done.
"""

Operator = Annotated[
    str | None,
    Parameter(
        name="--operator",
        env_var="WINBOOKS_IDENTITY_OPERATOR",
        show_env_var=False,
        help="cli.option.operator",
    ),
]
"""
Who is at the keyboard of the distributor.
"""

LicenceNumber = Annotated[
    str | None, Parameter(name="--licence", help="cli.option.licence")
]
"""
In which licence something is done.
"""

Hasher = Annotated[PasswordHasher | None, Parameter(parse=False)]
"""
What turns passwords into what is stored; no option, but an argument for programs that embed us.
"""

OnScreen = Annotated[Screen, Parameter(parse=False)]
"""
Where the command speaks; no option.
"""

ShowPasswords = Annotated[bool, Parameter(help="cli.option.show_passwords")]
"""
Whether passwords may go to a file or another program.
"""


Sender = Annotated[str | None, Parameter(help="cli.option.sender", group=_MAIL)]
"""
Who writes the mails.
"""

PortalUrl = Annotated[str | None, Parameter(help="cli.option.portal_url", group=_MAIL)]
"""
Where the mails lead to.
"""


@final
@Parameter(name="*")
@attrs.frozen(kw_only=True)
class PasswordRules:
    """
    What passwords keep to.
    """

    policy: Annotated[
        str | None, Parameter(name="--policy", help="cli.option.password_policy")
    ] = None
    breached: Annotated[
        Path | None, Parameter(name="--breached", help="cli.option.breached")
    ] = None


@final
@Parameter(name="*", group=_MAIL)
@attrs.frozen(kw_only=True)
class Mailing:
    """
    Where the mails go.
    """

    sender: Sender = None
    portal_url: PortalUrl = None
    mail_dir: Annotated[Path | None, Parameter(help="cli.option.mail_dir")] = None
    smtp_host: Annotated[str | None, Parameter(help="cli.option.smtp_host")] = None
    smtp_port: Annotated[int | None, Parameter(help="cli.option.smtp_port")] = None
    smtp_security: Annotated[
        Literal["starttls", "tls", "none"], Parameter(help="cli.option.smtp_security")
    ] = "starttls"
    smtp_user: Annotated[str | None, Parameter(help="cli.option.smtp_user")] = None
    smtp_password_file: Annotated[
        Path | None, Parameter(help="cli.option.smtp_password_file")
    ] = None


def everywhere(
    *command: Annotated[str, Parameter(show=False, allow_leading_hyphen=True)],
    json: Annotated[
        bool, Parameter(group=_OUTPUT, negative="", help="cli.option.json")
    ] = False,
    language: Annotated[
        Literal["nl", "fr", "de", "en"] | None,
        Parameter(group=_OUTPUT, help="cli.option.language"),
    ] = None,
    log: Annotated[
        bool,
        Parameter(
            group=_OUTPUT,
            negative="",
            env_var="WINBOOKS_IDENTITY_LOG",
            show_env_var=False,
            help="cli.option.log",
        ),
    ] = False,
) -> None:
    """
    Take the options that stand before, between or behind the words of a *command*.
    """
