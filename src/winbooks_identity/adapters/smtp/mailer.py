"""
Which answers of a mail server mean later, and which mean never?

    4xx and 421, anywhere           later
    no connection, time is up       later; no other mail would go out either
    certificate, no STARTTLS        later, likewise: never in clear; the second says
                                      which setting to look at
    5xx to greeting, EHLO, AUTH     later: we are not allowed to send
    5xx to MAIL                     later: our sender is not allowed
    5xx to RCPT or DATA that is     see `refusals`: about us later, mailbox full later,
      about one of them               about this mail never
    lost after the content          later: the mail may have gone out

What is not about this mail raises `MailServerUnusable`, so that a relay stops
before it has tried them all.
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

from winbooks_identity.errors import (
    MailServerUnusable,
    PermanentFailure,
    SendingNotAllowed,
    TemporaryFailure,
    Unavailable,
)
from winbooks_identity.mail.outbox import Mail
from winbooks_identity.passwords import Password

from .connection import Connection, Deadline
from .refusals import meaning, of_connection


__all__ = ["Security", "SmtpMailer"]

#: Seconds for one mail, from connecting to the server's word that it has it.  Our
#: choice: well below the lease of a relay.
DEADLINE: Final = 60.0

#: Seconds that a kept connection has for its first answer, before a new one is
#: opened: our choice.  Firewalls drop connections that rest, without a word.
PATIENCE: Final = 5.0

#: RFC 5321, 4.2.3: MAIL, RCPT and the content are taken with 250; RCPT with 251
#: too, where the server forwards.  DATA is agreed to with 354.
_DONE: Final = frozenset({250, 251})
_GO_ON: Final = frozenset({354})

#: RFC 5321, 2.3.8: servers disagree about other line ends, and one of them may
#: take what follows for commands.
_LINES: Final = re.compile(rb"(?:[^\r\n]*+\r\n)*+")

#: RFC 5321, 4.5.2: a line that begins with a dot gets another one.
_LEADING_DOT: Final = re.compile(rb"(?m)^\.")

#: What an address in an envelope is made of; anything else needs another protocol.
_ADDRESS: Final = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")


@final
class Security(Enum):
    """
    How a connection is encrypted.
    """

    #: After a command; the usual one on port 587.
    STARTTLS = auto()
    #: From the first byte; the usual one on port 465 (RFC 8314).
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
        deadline: seconds for one mail, all in all; a mail that waits for those of
            other threads for half of them is postponed.
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
            MailServerUnusable, SendingNotAllowed: not now, and no other mail
                either.
            PermanentFailure: never.
        """
        if not all(map(_ADDRESS.fullmatch, (mail.sender, mail.recipient))):
            raise PermanentFailure("an address is not plain ASCII")
        if not _LINES.fullmatch(mail.content):
            raise PermanentFailure("a line of the mail does not end in CRLF")
        # Who waits for their turn loses time, so that the lease of the mail lasts.
        # With little time left, a server may take a mail that we give up.
        deadline = Deadline.after(self._seconds)
        if not self._one_at_a_time.acquire(timeout=self._seconds / 2):
            raise TemporaryFailure("other mails took all the time")
        try:
            failure = self._hand_over(mail, deadline)
        finally:
            self._one_at_a_time.release()
        if failure is not None:
            raise failure

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

    def _hand_over(self, mail: Mail, deadline: Deadline) -> Unavailable | None:
        """
        Return why the server did not take *mail*, if so.

        What smtplib raised is neither its cause nor its context: a server may repeat
        what it was told, and that was our password.
        """
        try:
            connection = self._begin(mail.sender, deadline)
            _check("RCPT", connection.docmd("RCPT", f"TO:<{mail.recipient}>"))
            _check("DATA", connection.docmd("DATA"), agreement=_GO_ON)
            connection.send(_LEADING_DOT.sub(b"..", mail.content) + b".\r\n")
            _check("the content", connection.getreply())
        except SMTPResponseException as error:
            # The greeting, EHLO, STARTTLS and AUTH: our own mails come later.
            is_final = str(error.smtp_code).startswith("5")
            kind = SendingNotAllowed if is_final else MailServerUnusable
            failure: Unavailable = kind(self._described(error))
        except OSError as error:
            failure = of_connection(error)(self._described(error))
        except (TemporaryFailure, PermanentFailure) as error:
            failure = error
        else:
            return None
        self._drop()
        return failure

    def _begin(self, sender: str, deadline: Deadline) -> Connection:
        """
        Return a connection whose server takes a mail from *sender*.
        """
        argument = f"FROM:<{sender}>"
        if self._connection is not None:
            patience = Deadline.after(PATIENCE)
            self._connection.deadline = min(deadline, patience, key=lambda x: x.ends)
            # Servers end connections that rested, or took many mails.
            with suppress(OSError, TemporaryFailure, PermanentFailure):
                _check("MAIL", self._connection.docmd("MAIL", argument))
                self._connection.deadline = deadline
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
            raise SendingNotAllowed("user or password is not plain ASCII")
        connection.login(self._user, password.reveal())

    def _described(self, error: OSError) -> str:
        """
        Return where and why it failed, without what the server said.
        """
        reason = error.strerror
        if isinstance(error, SMTPResponseException):
            reason = str(error.smtp_code)
        kind = type(error).__name__
        said = f"{kind}: {reason}" if reason else kind
        return f"{self._host}:{self._port}, {said}"

    def _drop(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _check(
    step: str, reply: tuple[int, bytes], agreement: AbstractSet[int] = _DONE
) -> None:
    """
    Raise unless the server agrees.

    The text of its reply is left out: it may repeat the address.
    """
    code, text = reply
    if code in agreement:
        return
    raise meaning(step, code, text)(f"{step} was answered {code}")


def _is_this_machine(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"
