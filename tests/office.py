"""
An office in memory, with every service and a clock that stands still.
"""

from collections.abc import Callable, Sequence
from email import message_from_bytes, policy
from typing import TypeVar

import attrs

from people import DOSSIERS, LICENCE, NOW, PASSWORD
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.letters import StandardLetters, StandardLinkLetters
from winbooks_identity.adapters.memory import InMemoryOnWebDirectory, InMemoryStorage
from winbooks_identity.attempts import FailedAttempt
from winbooks_identity.authorization import Distributor
from winbooks_identity.credential import Credential
from winbooks_identity.events import Event
from winbooks_identity.life_cycle import Step
from winbooks_identity.mail.one_time_link import OneTimeLinks
from winbooks_identity.mail.outbox import OutboxMail
from winbooks_identity.passwords import Password, PasswordPolicy
from winbooks_identity.passwords.breached import BreachedPasswords
from winbooks_identity.portal import Portal
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.ports import (
    Attempts,
    LinkLetters,
    PasswordHasher,
    Storage,
    UnitOfWork,
)
from winbooks_identity.testing.doubles import FrozenClock
from winbooks_identity.winbooks_id import WinBooksId


T = TypeVar("T")


@attrs.define
class Office:
    """
    A licence with dossiers, and the services on it.
    """

    storage: Storage = attrs.Factory(InMemoryStorage)
    hasher: PasswordHasher = attrs.Factory(lambda: Argon2Hasher(CHEAPEST))
    policy: PasswordPolicy = attrs.Factory(PasswordPolicy)
    breached: BreachedPasswords | None = None
    attempts: Attempts | None = None
    clock: FrozenClock = attrs.Factory(lambda: FrozenClock(NOW))
    on_web: InMemoryOnWebDirectory = attrs.Factory(InMemoryOnWebDirectory)
    sealer: AesGcmSealer = attrs.Factory(lambda: AesGcmSealer({"k": b"s" * 32}))
    links: OneTimeLinks = attrs.Factory(lambda: OneTimeLinks([b"l" * 32]))
    link_letters: LinkLetters = attrs.Factory(
        lambda: StandardLinkLetters(
            "portal@mail.example.org",
            "https://portal.example.org/",
            set_password_url="https://portal.example.org/password",
            confirm_id_url="https://portal.example.org/confirm",
        )
    )

    def __attrs_post_init__(self) -> None:
        self.run(lambda unit: unit.licences.register(LICENCE, DOSSIERS))

    @property
    def portal(self) -> Portal:
        """
        Return the services, wired as the office is now.
        """
        return Portal(
            self.storage,
            hasher=self.hasher,
            letters=StandardLetters(
                "portal@mail.example.org", "https://portal.example.org/"
            ),
            sealer=self.sealer,
            policy=self.policy,
            breached=self.breached,
            attempts=self.attempts,
            links=self.links,
            link_letters=self.link_letters,
            on_web=self.on_web,
            clock=self.clock,
        )

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Return the result of *work* in a transaction.
        """
        return self.storage.run(work)

    def add(self, *users: PortalUser, password: Password | None = PASSWORD) -> None:
        """
        Store *users*, who sign in with *password*.
        """
        for user in users:
            self._add(user, password)

    def _add(self, user: PortalUser, password: Password | None) -> None:
        event = Event.of(Step.CREATE, None, user, by=Distributor(user.licence), at=NOW)

        def work(unit: UnitOfWork) -> None:
            unit.users.add(user)
            unit.history.add(event)
            if password is not None:
                unit.credentials.put(
                    Credential(
                        user_id=user.id,
                        password_hash=self.hasher.hash(password),
                        policy=self.policy.fingerprint,
                    )
                )

        self.run(work)

    def stored(self, user: PortalUser) -> PortalUser | None:
        """
        Return *user* as they are stored.
        """
        return self.run(lambda unit: unit.users.find(user.id))

    def credential(self, user: PortalUser) -> Credential:
        """
        Return what the sign-in of *user* is checked against.
        """
        found = self.run(lambda unit: unit.credentials.find(user.id))
        assert found is not None
        return found

    def history(self, user: PortalUser) -> Sequence[Event]:
        """
        Return what happened to *user*.
        """
        return self.run(lambda unit: unit.history.of_user(user.id))

    def mails(self) -> list[OutboxMail]:
        """
        Return the mails that wait.
        """
        assert isinstance(self.storage, InMemoryStorage)
        return self.storage.change(
            lambda state: [
                stored.mail
                for stored in state.outbox.values()
                if stored.mail is not None
            ]
        )

    def forget_password(self, winbooks_id: WinBooksId) -> None:
        """
        Ask for a link to choose a password, and let it be answered.
        """
        portal = self.portal
        portal.own_login.send_password_link(winbooks_id)
        portal.link_requests.answer()

    def failed_attempts(self, user: PortalUser | None = None) -> list[FailedAttempt]:
        """
        Return what is kept of the attempts on the login of *user*, or of no one.
        """
        assert isinstance(self.storage, InMemoryStorage)
        user_id = None if user is None else user.id
        kept = self.storage.change(lambda state: list(state.failed_attempts.values()))
        return [each for each in kept if each.user_id == user_id]

    def text_of(self, mail: OutboxMail) -> str:
        """
        Return the plain text of *mail*.
        """
        message = message_from_bytes(mail.open(self.sealer).content, policy=policy.SMTP)
        body = message.get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    def token_to(self, address: str) -> str:
        """
        Return the token in the last mail to *address* that has one.
        """
        texts = [
            self.text_of(mail) for mail in self.mails() if mail.recipient == address
        ]
        with_token = [text for text in texts if "?token=" in text]
        return with_token[-1].partition("?token=")[2].split()[0]
