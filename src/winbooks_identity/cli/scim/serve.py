"""
How does the command line answer identity providers?
"""

from collections.abc import Sequence
from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated, Final, final

import attrs
from cyclopts import Parameter, validators

from ...adapters.phonenumbers import NationalPhoneParser
from ...portal import Portal
from ...refusals import UnknownLicence
from ..answer import Answer
from ..mailing import letters_with
from ..opening import opened
from ..options import (
    Database,
    KeyFile,
    OnScreen,
    PasswordRules,
    PortalUrl,
    Sender,
)
from ..policy_file import judge_of
from ..screen import Screen
from .place import TokenPlace, needing_scim, token_file


if TYPE_CHECKING:
    from ...adapters.scim import ScimToken, Tokens


__all__ = ["Listening", "serve"]

#: The highest port of TCP.
_PORTS: Final = 65_535


@final
@attrs.frozen
class _OfLicences:
    """
    Tokens of some licences only.
    """

    tokens: "Tokens"
    numbers: frozenset[str]

    def all(self) -> Sequence["ScimToken"]:
        """
        Return those of the licences.

        Raises:
            Unavailable: they cannot be read.
        """
        return [each for each in self.tokens.all() if each.licence in self.numbers]


@final
@Parameter(name="*")
@attrs.frozen(kw_only=True)
class Listening:
    """
    Where the server is reached.
    """

    host: Annotated[str, Parameter(help="cli.option.scim_host")] = "127.0.0.1"
    port: Annotated[
        int,
        Parameter(
            validator=validators.Number(gte=0, lte=_PORTS), help="cli.option.scim_port"
        ),
    ] = 8080
    proxy: Annotated[str | None, Parameter(help="cli.option.scim_proxy")] = None


def serve(
    *,
    licence: Annotated[
        list[str] | None, Parameter(name="--licence", help="cli.option.scim_licence")
    ] = None,
    erase: Annotated[
        list[str] | None, Parameter(name="--erase", help="cli.option.scim_erase")
    ] = None,
    send_credentials: Annotated[
        bool, Parameter(help="cli.option.scim_send_credentials")
    ] = False,
    sender: Sender = None,
    portal_url: PortalUrl = None,
    rules: PasswordRules | None = None,
    listening: Listening | None = None,
    database: Database,
    key_file: KeyFile = None,
    tokens: TokenPlace = None,
    screen: OnScreen,
) -> Answer:
    """
    Answer identity providers until the command is interrupted.
    """
    file = token_file(database, tokens)
    file.all()  # A file that is missing is told now, and not to the first client.
    letters = None
    if send_credentials:
        letters = letters_with(sender, portal_url, screen.translator)
    judge = judge_of(rules, screen)
    with opened(
        database,
        key_file=key_file,
        policy=judge.policy,
        breached=judge.breached,
        letters=letters,
    ) as portal:
        _ensure_known(portal, [*(licence or ()), *(erase or ())])
        with needing_scim():
            from ...adapters.scim import scim_application
            from ...adapters.scim.server import serve as run_server

        app = scim_application(
            portal,
            file if licence is None else _OfLicences(file, frozenset(licence)),
            send_credentials=send_credentials,
            erased_in=frozenset(erase or ()),
            phone=NationalPhoneParser(),
            locale=screen.language,
            translator=screen.translator,
        )
        at = listening or Listening()
        run_server(
            app,
            host=at.host,
            port=at.port,
            proxy=at.proxy,
            listening=lambda url: _tell(url, at, screen),
        )
    raise KeyboardInterrupt


def _ensure_known(portal: Portal, numbers: Sequence[str]) -> None:
    known = portal.storage.run(lambda unit: unit.licences.numbers())
    if not {*numbers} <= {*known}:
        raise UnknownLicence


def _tell(url: str, listening: Listening, screen: Screen) -> None:
    if screen.answers_in_json:
        screen.emit_line({"url": url})
    else:
        screen.say("cli.scim.listening", url=url)
    if listening.proxy is None and not _is_of_this_machine(listening.host):
        screen.say("cli.scim.no_tls", style="yellow")


def _is_of_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
