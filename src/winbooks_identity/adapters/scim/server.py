"""
How is SCIM served without a product around it?

By waitress, which speaks HTTP and no TLS: a proxy in front of it does.
"""

import signal
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType
from typing import Any, ClassVar, Final, cast, final

import waitress

from ...errors import Unavailable
from .application import ScimApplication
from .resources import BYTES


__all__ = ["CannotListen", "serve"]

#: Where the application lies below the address of the server.
_PREFIX: Final = "/scim"

#: Bytes of the head of a request, for which waitress has a limit of its own.
_ROOM: Final = 100_000

#: Requests that are carried out at one time; our choice.
_THREADS: Final = 8

#: Connections that may be open, and seconds after which one that says nothing is
#: closed: our choice, more than identity providers open, and shorter than they wait.
_CONNECTIONS: Final = 1_000
_SILENCE: Final = 20


@final
class CannotListen(Unavailable):
    """
    The address is not one of this machine, or another program listens there.
    """

    code: ClassVar[str] = "cli.scim.cannot_listen"


def serve(
    app: ScimApplication,
    *,
    host: str,
    port: int,
    proxy: str | None = None,
    listening: Callable[[str], None],
) -> None:
    """
    Serve *app* until Ctrl-C or a signal to stop; requests that are in hand end.

    Args:
        app: answers the requests.
        host: the address to listen on.
        port: the port to listen on; 0 takes one that is free.
        proxy: whose ``X-Forwarded-For``, ``-Proto`` and ``-Host`` are believed.
        listening: is told the address once it can be reached.

    Raises:
        CannotListen: the address cannot be used.
    """
    # The stubs of waitress do not know its options.
    create_server = cast("Any", waitress).create_server
    with _listen(host, port) as opened:
        server = create_server(
            app,
            sockets=[opened],
            threads=_THREADS,
            url_prefix=_PREFIX,
            max_request_body_size=BYTES + _ROOM,
            # Connections that say nothing must not keep the others out.
            connection_limit=_CONNECTIONS,
            channel_timeout=_SILENCE,
            cleanup_interval=_SILENCE // 2,
            ident=None,
            **_believed(proxy),
        )
        try:
            with _interrupted_by_signals():
                shown = f"[{host}]" if ":" in host else host
                listening(f"http://{shown}:{opened.getsockname()[1]}{_PREFIX}/v2")
                server.run()
        finally:
            server.close()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise CannotListen from error


def _believed(proxy: str | None) -> dict[str, object]:
    if proxy is None:
        return {}
    return {
        "trusted_proxy": proxy,
        "trusted_proxy_headers": "x-forwarded-for x-forwarded-proto x-forwarded-host",
    }


@contextmanager
def _interrupted_by_signals() -> Generator[None, None, None]:
    """
    Take a signal to stop for Ctrl-C, which is heard in the background too.
    """

    def interrupt(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise KeyboardInterrupt

    before = {
        each: signal.signal(each, interrupt) for each in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
