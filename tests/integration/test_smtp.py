"""
How does a mail reach a mail server, encrypted or not at all?

The servers of these tests are real: one of aiosmtpd with certificates that were
made for the test, and one that follows a script and does what it should not.
"""

import asyncio
import base64
import socket
import socketserver
import ssl
import threading
import traceback
import tracemalloc
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from smtplib import SMTPServerDisconnected
from time import monotonic
from types import TracebackType
from typing import Self

import attrs
import pytest
import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from mails import but
from office import Office
from people import person
from winbooks_identity.adapters.memory import InMemoryOutboxQueue, InMemoryStorage
from winbooks_identity.adapters.smtp import Security, SmtpMailer
from winbooks_identity.adapters.smtp import mailer as module
from winbooks_identity.adapters.smtp.connection import (
    Connection,
    Deadline,
    addresses_of,
    first_that_answers,
)
from winbooks_identity.adapters.smtp.refusals import EncryptsOtherwise
from winbooks_identity.authorization import Distributor
from winbooks_identity.errors import (
    MailServerUnusable,
    PermanentFailure,
    SendingNotAllowed,
    TemporaryFailure,
)
from winbooks_identity.forms.new_user import GeneratedPassword
from winbooks_identity.level import Level
from winbooks_identity.mail.outbox import Mail, MailState
from winbooks_identity.mail.relay import Relay
from winbooks_identity.passwords import Password
from winbooks_identity.ports import Mailer
from winbooks_identity.testing.contracts import Delivered, MailerContract


MAIL = Mail(
    message_id="<1@winbooks.example.be>",
    sender="portal@winbooks.example.be",
    recipient="jan@example.org",
    content=b"Subject: x\r\n\r\nWachtwoord-42\r\n",
)


class Server:
    """
    A real mail server in a thread of its own.
    """

    def __init__(
        self,
        certificate: trustme.LeafCert | None,
        *,
        at_once: bool = False,
        password: bytes | None = None,
    ) -> None:
        self.envelopes: list[Envelope] = []
        self.were_encrypted: list[bool] = []
        self.connections = 0
        self.sign_ins: list[bytes] = []
        self._password = password
        self._context: ssl.SSLContext | None = None
        if certificate is not None:
            self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            certificate.configure_cert(self._context)
        self._at_once = at_once
        self._loop = asyncio.new_event_loop()

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        opening = self._loop.create_server(
            self._conversation,
            "127.0.0.1",
            0,
            ssl=self._context if self._at_once else None,
        )
        self._server = asyncio.run_coroutine_threadsafe(opening, self._loop).result()
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._shut(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _shut(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _conversation(self) -> SMTP:
        self.connections += 1
        return SMTP(
            self,
            hostname="localhost",
            tls_context=None if self._at_once else self._context,
            require_starttls=bool(self._context) and not self._at_once,
            auth_required=self._password is not None and not self._at_once,
            authenticator=self._sign_in,
            # It takes encryption from the first byte for none.
            auth_require_tls=not self._at_once,
            loop=self._loop,
        )

    def _sign_in(
        self, _: SMTP, __: Session, ___: Envelope, ____: str, given: LoginPassword
    ) -> AuthResult:
        self.sign_ins.append(given.login)
        return AuthResult(success=given.password == self._password, handled=False)

    async def handle_DATA(  # noqa: N802, the name that aiosmtpd calls
        self, _: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """
        Keep a mail.
        """
        self.envelopes.append(envelope)
        self.were_encrypted.append(self._at_once or session.ssl is not None)
        return "250 OK"

    @property
    def contents(self) -> Sequence[bytes]:
        """
        The contents of the mails that arrived.
        """
        return [envelope.original_content or b"" for envelope in self.envelopes]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """
    Return the authority that the mailers trust.
    """
    return trustme.CA()


@pytest.fixture(scope="module")
def authorities(
    authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """
    Return its certificate as a file.
    """
    path = tmp_path_factory.mktemp("authorities") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


class TestContract(MailerContract):
    """
    The mailer keeps every promise of its port, over STARTTLS.
    """

    @pytest.fixture
    def server(self, authority: trustme.CA) -> Iterator[Server]:
        """
        Return a server that wants STARTTLS.
        """
        with Server(authority.issue_cert("localhost")) as server:
            yield server

    @pytest.fixture
    def mailer(self, server: Server, authorities: Path) -> Iterator[Mailer]:
        """
        Return a mailer to it.
        """
        with SmtpMailer("localhost", server.port, authorities=authorities) as mailer:
            yield mailer

    @pytest.fixture
    def delivered(self, server: Server) -> Delivered:
        """
        Return what tells what the server got.
        """
        return lambda: server.contents

    @pytest.fixture
    def broken(self, authority: trustme.CA) -> Mailer:
        """
        Return a mailer to a server that is no longer there.
        """
        with Server(authority.issue_cert("localhost")) as gone:
            return SmtpMailer("localhost", gone.port)


class TestEncryption:
    """
    A connection is encrypted, and the server is who it should be, or nothing is said.
    """

    @pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
    def test_the_mail_travels_encrypted(
        self, authority: trustme.CA, authorities: Path, security: Security
    ) -> None:
        """
        By command or from the first byte, with sign-in.
        """
        with (
            Server(
                authority.issue_cert("localhost"),
                at_once=security is Security.TLS,
                password=b"geheim",
            ) as server,
            SmtpMailer(
                "localhost",
                server.port,
                security=security,
                user="portal",
                password=lambda: Password("geheim"),
                authorities=authorities,
            ) as mailer,
        ):
            mailer.send(MAIL)

        assert [True] == server.were_encrypted
        assert [("portal@winbooks.example.be", ["jan@example.org"])] == [
            (envelope.mail_from, envelope.rcpt_tos) for envelope in server.envelopes
        ]
        assert [b"portal"] == server.sign_ins

    @pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
    @pytest.mark.parametrize("fault", ["unknown authority", "another name"])
    def test_a_server_that_cannot_prove_who_it_is(
        self, authority: trustme.CA, authorities: Path, security: Security, fault: str
    ) -> None:
        """
        Neither the mail nor the password is sent to it.
        """
        certificate = {
            "unknown authority": trustme.CA().issue_cert("localhost"),
            "another name": authority.issue_cert("mail.example.org"),
        }[fault]
        with (
            Server(
                certificate, at_once=security is Security.TLS, password=b"geheim"
            ) as server,
            pytest.raises(TemporaryFailure, match="SSLCertVerificationError"),
        ):
            SmtpMailer(
                "localhost",
                server.port,
                security=security,
                user="portal",
                password=Password("geheim"),
                authorities=authorities,
            ).send(MAIL)

        assert ([], []) == (server.envelopes, server.sign_ins)

    def test_trusts_the_system_only_unless_told(self, authority: trustme.CA) -> None:
        """
        A certificate of an authority that no one named is refused.
        """
        with (
            Server(authority.issue_cert("localhost")) as server,
            pytest.raises(TemporaryFailure, match="SSLCertVerificationError"),
        ):
            SmtpMailer("localhost", server.port).send(MAIL)

    def test_a_server_without_starttls(self) -> None:
        """
        STARTTLS may have been stripped on the way: nothing but EHLO is said.
        """
        with Scripted({}) as server, pytest.raises(EncryptsOtherwise):
            SmtpMailer(
                "localhost", server.port, user="portal", password=Password("geheim")
            ).send(MAIL)

        assert ["EHLO"] == server.commands

    def test_a_server_that_greets_in_clear(self) -> None:
        """
        TLS was chosen for a port of STARTTLS.
        """
        with Scripted(STARTTLS) as server, pytest.raises(EncryptsOtherwise):
            SmtpMailer("localhost", server.port, security=Security.TLS).send(MAIL)

    def test_a_server_that_takes_starttls_back(self) -> None:
        """
        It offered encryption and cannot: nothing more is said.
        """
        script = {**STARTTLS, "STARTTLS": "454 not now"}
        with Scripted(script) as server, pytest.raises(TemporaryFailure, match="454"):
            SmtpMailer("localhost", server.port).send(MAIL)

        assert ["EHLO", "STARTTLS"] == server.commands

    @pytest.mark.parametrize(
        "host", ["mail.example.org", "192.0.2.1", "::2", "localhost.example.org"]
    )
    def test_in_clear_to_another_machine(self, host: str) -> None:
        """
        Cannot even be set up.
        """
        with pytest.raises(ValueError, match="would travel in clear"):
            SmtpMailer(host, 25, security=Security.NONE)

    @pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1"])
    def test_in_clear_within_the_machine(self, host: str) -> None:
        """
        A server on this machine needs no encryption.
        """
        mailer = SmtpMailer(host, 25, security=Security.NONE)

        assert f"<SmtpMailer {host}:25 NONE>" == repr(mailer)


class TestSignIn:
    """
    A server that wants to know us gets name and password, and no one else does.
    """

    @pytest.mark.parametrize("password", ["falsch", "geheim-é"])
    def test_a_wrong_password(
        self, authority: trustme.CA, authorities: Path, password: str
    ) -> None:
        """
        It is our configuration that is wrong: the mail is kept.
        """
        with (
            Server(authority.issue_cert("localhost"), password=b"geheim") as server,
            pytest.raises(TemporaryFailure) as failure,
        ):
            SmtpMailer(
                "localhost",
                server.port,
                user="portal",
                password=Password(password),
                authorities=authorities,
            ).send(MAIL)

        assert [] == server.envelopes
        assert password not in repr(failure.value)
        assert failure.value.__cause__ is failure.value.__context__ is None

    def test_a_server_that_repeats_what_it_was_told(self) -> None:
        """
        The password stands in no exception, nor in one behind it, in any coding.
        """
        password = "geheim-und-lang"
        said = base64.b64encode(f"\0portal\0{password}".encode()).decode()
        script = {
            "EHLO": "250-hello\r\n250 AUTH PLAIN",
            "AUTH": f"535 5.7.8 no such sign-in: AUTH PLAIN {said}",
        }
        with Scripted(script) as server, pytest.raises(TemporaryFailure) as failure:
            SmtpMailer(
                "localhost",
                server.port,
                security=Security.NONE,
                user="portal",
                password=Password(password),
            ).send(MAIL)

        shown = "".join(traceback.format_exception(failure.value))
        assert failure.value.__cause__ is failure.value.__context__ is None
        assert password not in shown
        assert said not in shown

    @pytest.mark.parametrize(
        "user,password", [("portal", None), (None, Password("geheim"))]
    )
    def test_one_without_the_other(
        self, user: str | None, password: Password | None
    ) -> None:
        """
        A name without a password, or the reverse, is a mistake.
        """
        with pytest.raises(ValueError, match="go together"):
            SmtpMailer("localhost", 25, user=user, password=password)

    def test_is_not_shown(self) -> None:
        """
        Printing a mailer shows neither name nor password.
        """
        mailer = SmtpMailer(
            "mail.example.org", 587, user="portal", password=Password("geheim")
        )

        assert "<SmtpMailer mail.example.org:587 STARTTLS>" == repr(mailer)


#: What a script says in place of an answer.
DROP = "drop the connection"
STALL = "say nothing more"
ENDLESS = "endless"
DRIP = "send an octet now and then"
HALF_HELLO = "begin a handshake, and then an octet now and then"

ANSWERS: Mapping[str, str] = {
    "greeting": "220 hello",
    "EHLO": "250 hello",
    "HELO": "250 hello",
    "MAIL": "250 fine",
    "RCPT": "250 fine",
    "DATA": "354 go on",
    "content": "250 mine",
    "QUIT": "221 bye",
    "handshake": STALL,
}

#: Those that every mail of these tests meets.
MOMENTS = ("greeting", "EHLO", "MAIL", "RCPT", "DATA", "content")


#: The script of a server that agrees to STARTTLS.
STARTTLS = {"EHLO": "250-hello\r\n250 STARTTLS", "STARTTLS": "220 go on"}


class Scripted:
    """
    A server in clear that does what its script says.

    After `lives` mails it ends a connection, as many servers do, or falls `silent`;
    `late` says how many seconds an answer takes; `reads` whether it looks at the
    mails.
    """

    def __init__(
        self,
        script: Mapping[str, str],
        *,
        lives: int = 1000,
        silent: bool = False,
        late: Mapping[str, float] | None = None,
        reads: bool = True,
    ) -> None:
        self.commands: list[str] = []
        self.contents: list[bytes] = []
        self.connections = 0
        self._answers = {**ANSWERS, **script}
        self._lives = lives
        self._silent = silent
        self._late = late or {}
        self._reads = reads
        self._over = threading.Event()
        scripted = self

        class Conversation(socketserver.StreamRequestHandler):
            timeout = 5

            def handle(self) -> None:
                scripted.connections += 1
                scripted.converse(self)

        class Listener(socketserver.ThreadingTCPServer):
            daemon_threads = False

        self._listener = Listener(("127.0.0.1", 0), Conversation)
        if not reads:
            # Whatever the system allows would take in megabytes unread.
            self._listener.socket.setsockopt(
                socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536
            )
        self.port: int = self._listener.server_address[1]

    def __enter__(self) -> Self:
        self._thread = threading.Thread(
            target=self._listener.serve_forever, args=[0.01]
        )
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._over.set()
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()

    def converse(self, peer: socketserver.StreamRequestHandler) -> None:
        """
        Hold one conversation.
        """
        with _peer_may_leave():
            mails = 0
            going_on = self._answer(peer, "greeting")
            while going_on and (line := peer.rfile.readline()):
                command = line.decode().split()[0].upper()
                self.commands.append(command)
                going_on = self._answer(peer, command)
                if command == "STARTTLS":
                    self._answer(peer, "handshake")
                    return
                if command == "DATA" and not self._reads:
                    self._over.wait()
                    return
                if command == "DATA" and going_on:
                    if self._answers["DATA"] != ANSWERS["DATA"]:
                        continue
                    self.contents.append(b"".join(iter(peer.rfile.readline, b".\r\n")))
                    mails += 1
                    going_on = self._answer(peer, "content") and mails < self._lives
                    if not going_on and self._silent:
                        self._over.wait()

    def _answer(self, peer: socketserver.StreamRequestHandler, moment: str) -> bool:
        answer = self._answers.get(moment, "502 what?")
        self._over.wait(self._late.get(moment, 0))
        if answer == HALF_HELLO:
            # The head of a record that announces 16,384 bytes (RFC 8446, 5.1).
            peer.wfile.write(b"\x16\3\3\x40\0")
        if answer in {DRIP, HALF_HELLO}:
            while not self._over.wait(0.05):
                peer.wfile.write(b"2")
        if answer == STALL:
            self._over.wait()
        if answer == ENDLESS:
            while not self._over.is_set():
                peer.wfile.write(b"250-and more\r\n" * 1000)
        if answer in {DROP, STALL, DRIP, HALF_HELLO}:
            return False
        peer.wfile.write(f"{answer}\r\n".encode())
        return not answer.startswith("421")


@contextmanager
def _peer_may_leave() -> Iterator[None]:
    with suppress(OSError):
        yield


def plain(server: Scripted, deadline: float = 60) -> SmtpMailer:
    """
    Return a mailer in clear to *server*.
    """
    return SmtpMailer(
        "localhost", server.port, security=Security.NONE, deadline=deadline
    )


class TestAnswers:
    """
    What a server says about a mail decides whether it is tried again.  [R71]
    """

    @pytest.mark.parametrize(
        "command,answer",
        [
            ("MAIL", "550 5.7.60 not allowed to send as this sender"),
            ("MAIL", "550 no"),
            ("MAIL", "553 5.1.8 no such sender"),
            ("RCPT", "554 5.7.1 relaying denied"),
            ("RCPT", "550 5.7.1 blocked"),
            ("RCPT", "535 5.7.8 authentication failed"),
            ("content", "550 5.7.1 blocked by policy"),
            ("content", "554 5.7.0 no"),
            ("DATA", "530 5.7.0 authentication required"),
        ],
    )
    def test_about_us(self, command: str, answer: str) -> None:
        """
        A sender, a relaying or a policy that is refused concerns every mail.
        """
        with (
            Scripted({command: answer}) as server,
            pytest.raises(SendingNotAllowed) as failure,
        ):
            plain(server).send(MAIL)

        assert answer[:3] in str(failure.value)

    @pytest.mark.parametrize("command", ["RCPT", "content"])
    def test_a_full_mailbox(self, command: str) -> None:
        """
        It may be emptied before the mail ends.
        """
        with (
            Scripted({command: "552 5.2.2 mailbox full"}) as server,
            pytest.raises(TemporaryFailure) as failure,
        ):
            plain(server).send(MAIL)

        assert not isinstance(failure.value, MailServerUnusable)

    @pytest.mark.parametrize("command", ["RCPT", "DATA", "content"])
    @pytest.mark.parametrize(
        "code", ["500", "550", "550 5.1.1", "554 5.6.0", "599", "550 5.17.1"]
    )
    def test_never(self, command: str, code: str) -> None:
        """
        A 5xx is about this mail.
        """
        with (
            Scripted({command: f"{code} jan@example.org: no"}) as server,
            pytest.raises(PermanentFailure) as failure,
        ):
            plain(server).send(MAIL)

        assert code[:3] in str(failure.value)
        assert "jan" not in f"{failure.value!r} {failure.value.__cause__!r}"

    @pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA", "content"])
    @pytest.mark.parametrize("code", ["400", "421", "450", "451", "452", "530", "abc"])
    def test_later(self, command: str, code: str) -> None:
        """
        A 4xx is about now, a 530 about us, and nonsense about the server.
        """
        with (
            Scripted({command: f"{code} no"}) as server,
            pytest.raises(TemporaryFailure),
        ):
            plain(server).send(MAIL)

    @pytest.mark.parametrize(
        "script",
        [
            {"greeting": "554 no"},
            {"greeting": "421 busy"},
            {"EHLO": "550 no", "HELO": "550 no"},
            {"DATA": "250 what?"},
            {"RCPT": "334 what?"},
        ],
        ids=["greeting", "busy", "EHLO", "DATA", "RCPT"],
    )
    def test_is_not_about_the_mail(self, script: dict[str, str]) -> None:
        """
        What is wrong before the mail comes up, or against the rules, is temporary.
        """
        with Scripted(script) as server, pytest.raises(TemporaryFailure):
            plain(server).send(MAIL)

    @pytest.mark.parametrize("moment", MOMENTS)
    def test_the_connection_drops(self, moment: str) -> None:
        """
        Wherever it drops, the mail is tried again.
        """
        with Scripted({moment: DROP}) as server, pytest.raises(TemporaryFailure):
            plain(server).send(MAIL)

    @pytest.mark.parametrize("farewell", ["421 too late", "550 no", DROP, STALL, "?"])
    def test_the_farewell_does_not_count(self, farewell: str) -> None:
        """
        A mail that was accepted stays accepted, however the server says goodbye.
        """
        with Scripted({"QUIT": farewell}) as server:
            mailer = plain(server, deadline=0.3)
            mailer.send(MAIL)
            mailer.close()

        assert [MAIL.content] == server.contents

    @pytest.mark.parametrize(
        "recipient",
        [
            "jan@example.org>\r\nRCPT TO:<eve@example.org",
            "jané@example.org",
            "",
            "a b@c",
        ],
    )
    def test_an_address_that_is_more(self, recipient: str) -> None:
        """
        What is not one plain address never reaches the server.
        """
        with Scripted({}) as server, pytest.raises(PermanentFailure):
            plain(server).send(but(MAIL, recipient=recipient))

        assert [] == server.commands

    @pytest.mark.parametrize(
        "content",
        [
            b"a: b\r\n\r\nx\n.\nMAIL FROM:<a@b.be>\r\n",
            b"a: b\r\n\r\nx\r.\rMAIL FROM:<a@b.be>\r\n",
            b"a: b\r\n\r\nno end",
        ],
        ids=["LF", "CR", "no end"],
    )
    def test_a_content_that_is_more(self, content: bytes) -> None:
        """
        Lines end in CRLF, or servers may read commands in a mail.
        """
        with Scripted({}) as server, pytest.raises(PermanentFailure):
            plain(server).send(but(MAIL, content=content))

        assert [] == server.commands


class TestDeadline:
    """
    A mail takes as long as agreed, whatever the server does.
    """

    @pytest.mark.parametrize("behaviour", [STALL, DRIP])
    @pytest.mark.parametrize("moment", MOMENTS)
    def test_a_slow_server(self, moment: str, behaviour: str) -> None:
        """
        Silent, or with an byte twenty times a second, wherever it is.
        """
        with Scripted({moment: behaviour}) as server:
            begin = monotonic()
            with pytest.raises(TemporaryFailure):
                plain(server, deadline=0.25).send(MAIL)
            taken = monotonic() - begin

        assert 0.2 < taken < 1.0

    @pytest.mark.parametrize("moment", ["greeting", "EHLO", "MAIL", "RCPT", "content"])
    def test_a_reply_without_end(self, moment: str) -> None:
        """
        It costs a few kilobytes, not the time of the mail nor the memory.
        """
        with Scripted({moment: ENDLESS}) as server:
            tracemalloc.start()
            with pytest.raises(MailServerUnusable):
                plain(server).send(MAIL)
            _, peak = tracemalloc.get_traced_memory()
            tracemalloc.stop()

        assert peak < 4_000_000

    @pytest.mark.parametrize("behaviour", [STALL, HALF_HELLO])
    @pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
    def test_a_server_that_never_encrypts(
        self, security: Security, behaviour: str
    ) -> None:
        """
        The handshake counts too, silent or byte by byte.
        """
        moment = "greeting" if security is Security.TLS else "handshake"
        with Scripted({**STARTTLS, moment: behaviour}) as server:
            begin = monotonic()
            with pytest.raises(TemporaryFailure):
                SmtpMailer(
                    "localhost", server.port, security=security, deadline=0.25
                ).send(MAIL)
            taken = monotonic() - begin

        assert 0.2 < taken < 1.0

    def test_a_handshake_has_what_is_left(self) -> None:
        """
        Whoever was slow to agree to encryption has less time to begin it.
        """
        with Scripted(STARTTLS, late={"STARTTLS": 1.8}) as server:
            begin = monotonic()
            with pytest.raises(TemporaryFailure):
                SmtpMailer("localhost", server.port, deadline=2).send(MAIL)
            taken = monotonic() - begin

        assert 1.9 < taken < 3

    def test_a_content_has_what_is_left(self) -> None:
        """
        Whoever was slow to ask for the content, and does not read it, gains nothing.
        """
        more_than_buffers_hold = MAIL.content + (b"x" * 998 + b"\r\n") * 8_000
        with Scripted({}, late={"DATA": 1.8}, reads=False) as server:
            mailer = plain(server, deadline=2)
            begin = monotonic()
            with pytest.raises(TemporaryFailure):
                mailer.send(but(MAIL, content=more_than_buffers_hold))
            taken = monotonic() - begin

        assert 1.9 < taken < 3

    def test_is_over_before_it_began(self) -> None:
        """
        Without any time, nothing is tried.
        """
        with Scripted({}) as server, pytest.raises(TemporaryFailure):
            plain(server, deadline=0).send(MAIL)

        assert [] == server.commands

    def test_starts_anew_with_each_mail(self) -> None:
        """
        A kept connection does not keep the time of its first mail.
        """
        with Scripted({}) as server, plain(server, deadline=0.25) as mailer:
            mailer.send(MAIL)
            threading.Event().wait(0.3)
            mailer.send(MAIL)

        assert (2, 1) == (len(server.contents), server.connections)

    def test_a_farewell_has_time_of_its_own(self) -> None:
        """
        The server is told also when the time of the last mail is long over.
        """
        with Scripted({}) as server:
            mailer = plain(server, deadline=0.25)
            mailer.send(MAIL)
            threading.Event().wait(0.3)
            mailer.close()

        assert "QUIT" == server.commands[-1]


class TestResolution:
    """
    The wait for the address of a server has the same end as all others.
    """

    def test_a_name_with_addresses(self) -> None:
        """
        They come in the order of the system, which prefers one to the other.
        """
        assert [("127.0.0.1", 25)] == addresses_of("127.0.0.1", 25, Deadline.after(5))

    def test_a_resolver_that_says_nothing(self) -> None:
        """
        It is left behind.
        """
        over = threading.Event()

        def resolve(*_: object, **__: object) -> Sequence[tuple[object, ...]]:
            over.wait(5)
            return []

        begin = monotonic()
        with pytest.raises(TimeoutError):
            addresses_of("mail.example.org", 25, Deadline.after(0.25), resolve=resolve)
        taken = monotonic() - begin
        over.set()

        assert 0.2 < taken < 1.0

    def test_a_name_that_is_unknown(self) -> None:
        """
        The resolver's answer is the caller's.
        """

        def resolve(*_: object, **__: object) -> Sequence[tuple[object, ...]]:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")

        with pytest.raises(socket.gaierror, match="unknown"):
            addresses_of("mail.example.org", 25, Deadline.after(5), resolve=resolve)

    @pytest.mark.parametrize("host", ["mail..example.org", "x" * 64 + ".example.org"])
    def test_what_is_no_name(self, host: str) -> None:
        """
        It is our configuration that is wrong: the mail is kept.
        """
        with pytest.raises(TemporaryFailure, match="gaierror"):
            SmtpMailer(host, 587).send(MAIL)


class TestAddresses:
    """
    A name can have several addresses; those behind a dead one get their chance.
    """

    def test_one_that_refuses(self) -> None:
        """
        The next one is tried.
        """
        with Scripted({}) as gone:
            refusing = ("127.0.0.1", gone.port)
        with Scripted({}) as server:
            addresses = [refusing, ("127.0.0.1", server.port)]
            with first_that_answers(addresses, Deadline.after(5)) as connected:
                assert server.port == connected.getpeername()[1]

    def test_one_that_swallows_everything(self) -> None:
        """
        It gets its share of the time, not all of it.
        """
        with (
            Scripted({}) as server,
            socket.create_server(("127.0.0.1", 0), backlog=0) as full,
            ExitStack() as waiting,
        ):
            for _ in range(2):
                # Who waits in its queue fills it; no one is taken out.
                peer = waiting.enter_context(socket.socket())
                peer.setblocking(False)  # noqa: FBT003, the name of the method says it
                peer.connect_ex(full.getsockname())
            addresses = [full.getsockname(), ("127.0.0.1", server.port)]
            with first_that_answers(addresses, Deadline.after(1)) as connected:
                assert server.port == connected.getpeername()[1]

    def test_none_of_them(self) -> None:
        """
        The error of the last one is told.
        """
        with Scripted({}) as gone:
            addresses = [("127.0.0.1", gone.port)] * 2
        with pytest.raises(ConnectionRefusedError):
            first_that_answers(addresses, Deadline.after(5))

    def test_a_connection_that_was_closed(self) -> None:
        """
        Nothing more can be said on it.
        """
        with Scripted({}) as server:
            connection = Connection(
                "localhost", server.port, deadline=Deadline.after(5), encrypted_by=None
            )
            connection.close()
            with pytest.raises(SMTPServerDisconnected):
                connection.docmd("NOOP")


class TestKeptConnection:
    """
    Many mails travel over one connection, and none suffers from its end.
    """

    def test_one_for_all(self) -> None:
        """
        Three mails, one greeting, one farewell.
        """
        with Scripted({}) as server, plain(server) as mailer:
            for _ in range(3):
                mailer.send(MAIL)

        assert ["EHLO", *["MAIL", "RCPT", "DATA"] * 3, "QUIT"] == server.commands

    def test_that_the_server_ended(self) -> None:
        """
        The next mail connects again.
        """
        with Scripted({}, lives=2) as server, plain(server) as mailer:
            for _ in range(5):
                mailer.send(MAIL)

        assert (5, 3) == (len(server.contents), server.connections)

    def test_that_fell_silent(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """
        The next mail waits a little, and then connects again.
        """
        monkeypatch.setattr(module, "PATIENCE", 0.2)
        with (
            Scripted({}, lives=1, silent=True) as server,
            plain(server, deadline=9) as mailer,
        ):
            begin = monotonic()
            for _ in range(3):
                mailer.send(MAIL)
            taken = monotonic() - begin

        assert (3, 3) == (len(server.contents), server.connections)
        assert taken < 5

    def test_has_all_the_time_once_it_answered(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The short wait is for its first word only.
        """
        monkeypatch.setattr(module, "PATIENCE", 0.2)
        with Scripted({}, late={"content": 0.4}) as server, plain(server) as mailer:
            for _ in range(2):
                mailer.send(MAIL)

        assert (2, 1) == (len(server.contents), server.connections)

    def test_that_we_ended(self) -> None:
        """
        A mailer that was closed connects when it is needed.
        """
        with Scripted({}) as server, plain(server) as mailer:
            mailer.send(MAIL)
            mailer.close()
            mailer.send(MAIL)

        assert (2, 2) == (len(server.contents), server.connections)

    def test_after_a_refusal(self) -> None:
        """
        A mail that was refused leaves nothing behind for the next one.
        """
        with Scripted({"RCPT": "550 no"}) as server, plain(server) as mailer:
            for _ in range(2):
                with pytest.raises(PermanentFailure):
                    mailer.send(MAIL)

        assert ["EHLO", "MAIL", "RCPT"] * 2 == server.commands

    def test_shared_by_threads(self) -> None:
        """
        Threads take turns, so no mail ends up in another.
        """
        with (
            Scripted({}) as server,
            plain(server) as mailer,
            ThreadPoolExecutor(8) as threads,
        ):
            sent = [threads.submit(mailer.send, MAIL) for _ in range(40)]

        assert [None] * 40 == [each.result() for each in sent]
        assert [MAIL.content] * 40 == server.contents

    def test_that_is_slow_has_one_deadline(self) -> None:
        """
        Who waits for their turn waits for a deadline, and not for all the others.

        So no thread holds a mail for longer than its lease.
        """
        late = {"content": 0.6}
        with (
            Scripted({}, late=late) as server,
            plain(server, 1) as mailer,
            ThreadPoolExecutor(6) as threads,
        ):
            sent = [threads.submit(mailer.send, MAIL) for _ in range(6)]
            failures = [each.exception() for each in sent]

        assert 0 < failures.count(None) < 6
        assert all(isinstance(x, TemporaryFailure) for x in failures if x is not None)


class TestRelay:
    """
    A relay and a server that does not do its part: many mails, and little time.
    """

    @pytest.fixture
    def office(self) -> Office:
        """
        Return an office in which eight mails wait.
        """
        office = Office()
        for number in range(8):
            user = person(f"joan{number}", Level.USER)
            office.add(user)
            office.portal.logins.reset_password(
                user, GeneratedPassword(), by=Distributor("WB-1"), mailed=True
            )
        return office

    @pytest.mark.parametrize("moment", ["greeting", "MAIL", "content"])
    def test_that_falls_silent(self, office: Office, moment: str) -> None:
        """
        It costs a few deadlines and not one for every mail; no mail is given up.
        """
        with Scripted({moment: STALL}) as server, plain(server, 0.2) as mailer:
            delivery = relay_of(office, mailer).deliver()

        assert (3, 3) == (server.connections, len(delivery.attempts))
        assert "unavailable.mail_server" == delivery.stopped_by
        assert [0, 0, 0, 0, 0, 1, 1, 1] == attempts(office)

    def test_that_greylists(self, office: Office) -> None:
        """
        Each try counts once, and every mail arrives once the server takes it.
        """
        with Scripted({"RCPT": "450 4.2.0 later"}) as server, plain(server) as mailer:
            relay_of(office, mailer).deliver()
        assert [1] * 8 == attempts(office)

        office.clock.now += timedelta(minutes=2)
        with Scripted({}) as server, plain(server) as mailer:
            relay_of(office, mailer).deliver()

        assert (8, 1) == (len(server.contents), server.connections)
        assert [2] * 8 == attempts(office)


def relay_of(office: Office, mailer: SmtpMailer) -> Relay:
    """
    Return what takes the mails of *office* to *mailer*.
    """
    portal = attrs.evolve(office.portal, queue=queue_of(office))
    return portal.relay(mailer, spread=lambda: 1.0)


def queue_of(office: Office) -> InMemoryOutboxQueue:
    """
    Return where the mails of *office* wait.
    """
    assert isinstance(office.storage, InMemoryStorage)
    return InMemoryOutboxQueue(office.storage, clock=office.clock)


def attempts(office: Office) -> Sequence[int]:
    """
    Return how often each mail was tried, sorted.
    """
    found = queue_of(office).entries(frozenset(MailState), before=None, limit=99)
    return sorted(entry.attempts for entry in found)
