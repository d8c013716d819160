"""
Which answers of a mail server mean later, and which mean never?

    5xx to MAIL, RCPT or DATA       never: it is about this mail
    4xx and 421, anywhere           later
    no connection, time is up       later
    certificate, no STARTTLS        later, and somebody must look: never in clear
    5xx to greeting, EHLO, AUTH     later, and somebody must look
    lost after the content          later: the mail may have gone out

Somebody must look because it is our configuration, not the mail, that is wrong.
"""

import ipaddress
import re
import ssl
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from enum import Enum, auto
from pathlib import Path
from smtplib import SMTPResponseException
from threading import Lock
from types import TracebackType
from typing import Final, Self, final

from winbooks_identity.errors import PermanentFailure, TemporaryFailure
from winbooks_identity.mail.outbox import Mail
from winbooks_identity.passwords import Password

from .connection import Connection, Deadline


__all__ = ["Security", "SmtpMailer"]

#: Seconds for one mail, from connecting to the server's word that it has it.  Our
#: choice: well below the lease of a relay.
DEADLINE: Final = 60.0

#: RFC 5321, 4.2.3: MAIL, RCPT and the content are taken with 250; RCPT with 251
#: too, where the server forwards.  DATA is agreed to with 354.
_DONE: Final = frozenset({250, 251})
_GO_ON: Final = frozenset({354})

#: RFC 5321, 2.3.8: servers disagree about other line ends, and one of them may
#: take what follows for commands.
_LINES: Final = re.compile(rb"(?:[^\r\n]*+\r\n)*+")

#: RFC 5321, 4.5.2: a line that begins with a dot gets another one.
_LEADING_DOT: Final = re.compile(rb"(?m)^\.")

#: RFC 4954, 6: authentication required.  It is about us, not about the mail.
_AUTHENTICATION_REQUIRED: Final = 530

#: What an address in an envelope is made of; anything else needs another protocol.
_ADDRESS: Final = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")


@final
class Security(Enum):
    """
    How a connection is encrypted.
    """

    #: After a command; the usual one on port 587.
    STARTTLS = auto()
    #: From the first octet; the usual one on port 465 (RFC 8314).
    TLS = auto()
    #: Not at all: only for a server on this very machine.
    NONE = auto()


@final
class SmtpMailer:
    """
    A `Mailer` that speaks SMTP to one server and keeps the connection.

    Threads may share it; they send one after the other.

    Args:
        host: the server's name, which its certificate has to carry.
        port: 587 for STARTTLS, 465 for TLS, as a rule.
        security: how the connection is encrypted.  It is encrypted before
            anything else is said, or nothing is said.
        user: the name to sign in with, if the server wants one.
        password: the password to sign in with, or what returns it.
        deadline: seconds for one mail, all in all.
        authorities: a file of certificates to trust in place of the system's.

    Raises:
        ValueError: a connection in clear to another machine, or a user without
            a password.
    """

    def __init__(
        self,
        host: str,
        port: int,
        *,
        security: Security = Security.STARTTLS,
        user: str | None = None,
        password: Password | Callable[[], Password] | None = None,
        deadline: float = DEADLINE,
        authorities: Path | None = None,
    ) -> None:
        if security is Security.NONE and not _is_this_machine(host):
            raise ValueError(f"mail to {host} would travel in clear")
        if (user is None) != (password is None):
            raise ValueError("user and password go together")
        self._host = host
        self._port = port
        self._security = security
        self._user = user
        self._password = password
        self._seconds = deadline
        self._context = ssl.create_default_context(cafile=authorities)
        self._connection: Connection | None = None
        self._one_at_a_time = Lock()

    def __repr__(self) -> str:
        return f"<SmtpMailer {self._host}:{self._port} {self._security.name}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def send(self, mail: Mail) -> None:
        """
        Hand *mail* over to the server; on return the server answers for it.

        Raises:
            TemporaryFailure: not now; the mail may have gone out all the same.
            PermanentFailure: never.
        """
        if not all(map(_ADDRESS.fullmatch, (mail.sender, mail.recipient))):
            raise PermanentFailure("an address is not plain ASCII")
        if not _LINES.fullmatch(mail.content):
            raise PermanentFailure("a line of the mail does not end in CRLF")
        with self._one_at_a_time:
            deadline = Deadline.after(self._seconds)
            try:
                connection = self._begin(mail.sender, deadline)
                _check("RCPT", connection.docmd("RCPT", f"TO:<{mail.recipient}>"))
                _check("DATA", connection.docmd("DATA"), agreement=_GO_ON)
                connection.send(_LEADING_DOT.sub(b"..", mail.content) + b".\r\n")
                _check("the content", connection.getreply())
            except OSError as error:
                self._drop()
                raise TemporaryFailure(_described(error)) from error
            except (TemporaryFailure, PermanentFailure):
                self._drop()
                raise

    def close(self) -> None:
        """
        Take leave of the server; `send` connects again when it is needed.
        """
        with self._one_at_a_time:
            if self._connection is not None:
                self._connection.deadline = Deadline.after(self._seconds)
                # All mails were accepted already: a failure here concerns none.
                with suppress(OSError):
                    self._connection.quit()
            self._drop()

    def _begin(self, sender: str, deadline: Deadline) -> Connection:
        """
        Return a connection whose server takes a mail from *sender*.
        """
        argument = f"FROM:<{sender}>"
        if self._connection is not None:
            self._connection.deadline = deadline
            # Servers end connections that rested, or took many mails.
            with suppress(OSError, TemporaryFailure, PermanentFailure):
                _check("MAIL", self._connection.docmd("MAIL", argument))
                return self._connection
            self._drop()
        self._connection = self._connected(deadline)
        _check("MAIL", self._connection.docmd("MAIL", argument))
        return self._connection

    def _connected(self, deadline: Deadline) -> Connection:
        at_once = self._context if self._security is Security.TLS else None
        connection = Connection(
            self._host, self._port, deadline=deadline, encrypted_by=at_once
        )
        try:
            connection.ehlo_or_helo_if_needed()
            if self._security is Security.STARTTLS:
                connection.encrypt(self._context)
                connection.ehlo_or_helo_if_needed()
            self._sign_in(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _sign_in(self, connection: Connection) -> None:
        if self._user is None or self._password is None:
            return
        password = (
            self._password if isinstance(self._password, Password) else self._password()
        )
        if not (self._user + password.reveal()).isascii():
            # smtplib would raise an error that holds the password.
            raise TemporaryFailure("user or password is not plain ASCII")
        connection.login(self._user, password.reveal())

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _check(
    step: str, reply: tuple[int, bytes], agreement: AbstractSet[int] = _DONE
) -> None:
    """
    Do nothing if the server agrees.

    The text of its reply is left out: it may repeat the address.
    """
    code, _ = reply
    if code in agreement:
        return
    answer = f"{step} was answered {code}"
    if str(code).startswith("5") and code != _AUTHENTICATION_REQUIRED:
        raise PermanentFailure(answer)
    raise TemporaryFailure(answer)


def _described(error: OSError) -> str:
    if isinstance(error, SMTPResponseException):
        return f"{type(error).__name__}: {error.smtp_code}"
    return type(error).__name__


def _is_this_machine(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"
