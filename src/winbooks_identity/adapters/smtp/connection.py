"""
How does a conversation with a server end in time, whatever the server does?

The time-outs of sockets start anew with each byte: a server that sends one now
and then holds a client for as long as it likes.  Here all waits share one
deadline, the one for the server's name too.
"""

import io
import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Final, final

import attrs


if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer


__all__ = ["Connection", "Deadline", "addresses_of", "first_that_answers"]

#: Bytes of one reply, all lines of it: our choice, far more than any server needs.
#: smtplib limits a line and not the number of lines.
MAX_REPLY: Final = 65_536

#: RFC 3207, 4: the server is ready to encrypt.
_READY: Final = 220


@final
@attrs.frozen
class Deadline:
    """
    The moment, on the clock that never goes back, when all waiting ends.
    """

    ends: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        """
        Return the deadline that is *seconds* away.
        """
        return cls(monotonic() + seconds)

    def remaining(self) -> float:
        """
        Return the seconds that are left.

        Raises:
            TimeoutError: none are.
        """
        if (seconds := self.ends - monotonic()) <= 0:
            raise TimeoutError("the server took too long")
        return seconds


@final
class Connection(smtplib.SMTP):
    """
    An SMTP connection that keeps `deadline`, which its owner moves on.
    """

    file: Any | None
    sock: socket.socket | None
    helo_resp: bytes | None
    ehlo_resp: bytes | None

    def __init__(
        self,
        host: str,
        port: int,
        *,
        deadline: Deadline,
        encrypted_by: ssl.SSLContext | None,
    ) -> None:
        """
        Connect, encrypted from the first byte if *encrypted_by* is given.

        Raises:
            OSError: there is no connection.
        """
        self.deadline = deadline
        self._encrypted_by = encrypted_by
        self._server = host
        # Asking the resolver for our own name, as smtplib does, can take long.
        super().__init__(host, port, local_hostname=socket.gethostname())

    def _get_socket(self, host: str, port: int, timeout: float | None) -> socket.socket:
        del timeout  # The deadline takes its place.
        addresses = addresses_of(host, port, self.deadline)
        connected = first_that_answers(addresses, self.deadline)
        if self._encrypted_by is None:
            return connected
        return self._shake_hands(connected, self._encrypted_by)

    def encrypt(self, context: ssl.SSLContext) -> None:
        """
        Ask for encryption, and let the server begin anew once it is there.

        smtplib would give the handshake all the time that the reply had.

        Raises:
            OSError: the server does not encrypt, or cannot prove who it is.
        """
        if not self.has_extn("starttls"):
            raise smtplib.SMTPNotSupportedError("the server has no STARTTLS")
        code, said = self.docmd("STARTTLS")
        if code != _READY or self.sock is None:
            raise smtplib.SMTPResponseException(code, said)
        self.sock = self._shake_hands(self.sock, context)
        # RFC 3207, 4.2: what was said in clear, read or not, does not count; the
        # next EHLO asks what the server can do.
        self.file = self.helo_resp = self.ehlo_resp = None

    def _shake_hands(
        self, connected: socket.socket, context: ssl.SSLContext
    ) -> ssl.SSLSocket:
        connected.settimeout(self.deadline.remaining())
        return context.wrap_socket(connected, server_hostname=self._server)

    def send(self, s: "ReadableBuffer | str") -> None:
        """
        Send text or bytes before the deadline.
        """
        self._limit()
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        """
        Return the code and the text of the server's reply.
        """
        if self.file is None and self.sock is not None:
            self._incoming = _Incoming(self.sock, self._limit)
            self.file = io.BufferedReader(self._incoming)
        self._incoming.left = MAX_REPLY
        return super().getreply()

    def _limit(self) -> None:
        if self.sock is not None:
            self.sock.settimeout(self.deadline.remaining())


def addresses_of(
    host: str,
    port: int,
    deadline: Deadline,
    *,
    resolve: Callable[..., Sequence[tuple[Any, ...]]] = socket.getaddrinfo,
) -> Sequence[tuple[str, int]]:
    """
    Return the addresses of *host*.

    The system's resolver cannot be interrupted, so it is left behind in a thread
    that ends when it gives up, and that no process waits for.

    Raises:
        OSError: *host* has none, or is not known before *deadline*.
    """
    found = Future[Sequence[tuple[Any, ...]]]()

    def ask() -> None:
        try:
            found.set_result(resolve(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.set_exception(error)

    Thread(target=ask, daemon=True).start()
    try:
        addresses = found.result(deadline.remaining())
    except UnicodeError as error:
        raise socket.gaierror("not the name of a server") from error
    return [(str(address[0]), int(address[1])) for *_, address in addresses]


def first_that_answers(
    addresses: Sequence[tuple[str, int]], deadline: Deadline
) -> socket.socket:
    """
    Return a connection to one of *addresses*, tried in their order.

    An address that swallows everything leaves time for those behind it.

    Raises:
        OSError: none of them answers before *deadline*.
    """
    *others, last = addresses
    for tried, address in enumerate(others):
        share = deadline.remaining() / (len(addresses) - tried)
        with suppress(OSError):
            return socket.create_connection(address, share)
    return socket.create_connection(last, deadline.remaining())


@final
class _Incoming(io.RawIOBase):
    """
    What arrives on a socket, where each read has a limit of time.

    `left` bytes may still come; more end the connection.
    """

    def __init__(self, source: socket.socket, limit: Callable[[], None]) -> None:
        self._source = source
        self._limit = limit
        self.left = MAX_REPLY

    def readable(self) -> bool:
        """
        Say that this end is read from.
        """
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """
        Read what is there into *buffer*, and wait for something to be there.
        """
        self._limit()
        received = self._source.recv_into(buffer)
        self.left -= received
        if self.left < 0:
            raise OSError("the reply of the server has no end")
        return received
