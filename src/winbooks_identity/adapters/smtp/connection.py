"""
How does a conversation with a server end in time, whatever the server does?

The time-outs of sockets start anew with each octet: a server that sends one now
and then holds a client for as long as it likes.  Here all waits share one
deadline.  Only the resolver's wait for a name has limits of its own.
"""

import io
import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Any, final

import attrs


if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer


__all__ = ["Connection", "Deadline", "first_that_answers"]


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

    def __init__(
        self,
        host: str,
        port: int,
        *,
        deadline: Deadline,
        encrypted_by: ssl.SSLContext | None,
    ) -> None:
        """
        Connect, encrypted from the first octet if *encrypted_by* is given.

        Raises:
            OSError: there is no connection.
        """
        self.deadline = deadline
        self._encrypted_by = encrypted_by
        # Asking the resolver for our own name, as smtplib does, can take long.
        super().__init__(host, port, local_hostname=socket.gethostname())

    def _get_socket(self, host: str, port: int, timeout: float | None) -> socket.socket:
        del timeout  # The deadline takes its place.
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = [(str(address[0]), int(address[1])) for *_, address in found]
        connected = first_that_answers(addresses, self.deadline)
        if self._encrypted_by is None:
            return connected
        connected.settimeout(self.deadline.remaining())
        return self._encrypted_by.wrap_socket(connected, server_hostname=host)

    def send(self, s: "ReadableBuffer | str") -> None:
        """
        Send text or octets before the deadline.
        """
        self._limit()
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        """
        Return the code and the text of the server's reply.
        """
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(_Incoming(self.sock, self._limit))
        return super().getreply()

    def _limit(self) -> None:
        if self.sock is not None:
            self.sock.settimeout(self.deadline.remaining())


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
    What arrives on a socket, each read being told how long it may take.
    """

    def __init__(self, source: socket.socket, limit: Callable[[], None]) -> None:
        self._source = source
        self._limit = limit

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
        return self._source.recv_into(buffer)
