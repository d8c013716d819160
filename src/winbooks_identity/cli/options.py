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
    "Database",
    "Hasher",
    "KeyFile",
    "LicenceNumber",
    "Mailing",
    "OnScreen",
    "Output",
    "PortalUrl",
    "Sender",
    "ShowPasswords",
]

_OUTPUT = Group("Output", sort_key=9)
_MAIL = Group("Mail", sort_key=5)

Database = Annotated[
    Path,
    Parameter(
        name=["--database", "-d"],
        help="The SQLite file that everything is kept in. Its keys lie beside it.",
    ),
]
"""
Where everything is kept.
"""

KeyFile = Annotated[
    Path | None,
    Parameter(help="The keys that seal the mails; DATABASE.key by default."),
]
"""
Where the keys are.
"""

ActingAs = Annotated[
    str | None,
    Parameter(
        name="--as",
        help="Act as the user with this WinBooks ID, with his rights;"
        " as the distributor by default.",
    ),
]
"""
In whose name something is done.
"""

LicenceNumber = Annotated[
    str | None,
    Parameter(
        name="--licence",
        help="The number of the licence; not needed where there is one only.",
    ),
]
"""
In which licence something is done.
"""

Hasher = Annotated[PasswordHasher | None, Parameter(parse=False)]
"""
What turns passwords into what is stored; no option, but for whoever embeds us.
"""

OnScreen = Annotated[Screen, Parameter(parse=False)]
"""
Where the command speaks; no option.
"""

ShowPasswords = Annotated[
    bool,
    Parameter(
        negative="",
        help="Show passwords that have to be handed over even when nobody looks:"
        " when the result goes to a file or another program.",
    ),
]
"""
Whether passwords may go to a file or another program.
"""


Sender = Annotated[
    str | None,
    Parameter(help="The address that the mails come from.", group=_MAIL),
]
"""
Who writes the mails.
"""

PortalUrl = Annotated[
    str | None,
    Parameter(help="Where people sign in; it begins with https://.", group=_MAIL),
]
"""
Where the mails lead to.
"""


@final
@Parameter(name="*", group=_OUTPUT)
@attrs.frozen(kw_only=True)
class Output:
    """
    How the answer looks.
    """

    json: Annotated[
        bool,
        Parameter(negative="", help="Answer with one JSON document."),
    ] = False
    language: Annotated[
        Literal["nl", "fr", "en"] | None,
        Parameter(help="The language of the words; that of LC_ALL or LANG by default."),
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
    mail_dir: Annotated[
        Path | None,
        Parameter(help="Write each mail as an .eml file into this folder."),
    ] = None
    smtp_host: Annotated[
        str | None,
        Parameter(help="Send the mails through this server."),
    ] = None
    smtp_port: Annotated[
        int | None,
        Parameter(help="Its port; the usual one of --smtp-security by default."),
    ] = None
    smtp_security: Annotated[
        Literal["starttls", "tls", "none"],
        Parameter(help="How the connection is protected."),
    ] = "starttls"
    smtp_user: Annotated[
        str | None,
        Parameter(help="The name to sign in with."),
    ] = None
    smtp_password_file: Annotated[
        Path | None,
        Parameter(
            help="The file whose first line is the password to sign in with.",
        ),
    ] = None
