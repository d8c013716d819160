"""
A portal in memory for the tests of login pages, whatever the framework.
"""

import re
from datetime import date
from email import message_from_bytes
from email.policy import default

import attrs

from winbooks_identity import (
    Distributor,
    Level,
    NewEmployee,
    Password,
    PasswordPolicy,
    Portal,
    PortalUser,
    WinBooksAdministration,
    WinBooksId,
)
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.key_ring import generate_key
from winbooks_identity.adapters.letters import StandardLetters, StandardLinkLetters
from winbooks_identity.adapters.memory import (
    InMemoryAttempts,
    InMemoryMailer,
    InMemoryOutboxQueue,
    InMemoryStorage,
)
from winbooks_identity.mail.one_time_link import OneTimeLinks
from winbooks_identity.passwords.rollout import Rollout
from winbooks_identity.testing import samples


ADDRESS = "ada@example.org"
INITIAL = "Correct-Horse-9"
CHOSEN = "krokus Zadel 71 ventilator?"
NEWER = "velours Anker 28 gieter!"
DISTRIBUTOR = Distributor(samples.licence().number)

SENDER, PAGE = "portal@office.example", "https://office.example/"


def new_portal() -> Portal:
    """
    Return a portal whose office is registered.
    """
    storage = InMemoryStorage()
    portal = Portal(
        storage,
        hasher=Argon2Hasher(CHEAPEST),
        letters=StandardLetters(SENDER, PAGE),
        link_letters=StandardLinkLetters(
            SENDER,
            PAGE,
            set_password_url=f"{PAGE}set-password",
            confirm_id_url=f"{PAGE}confirm-id",
        ),
        links=OneTimeLinks([b"l" * 32]),
        sealer=AesGcmSealer({"1": generate_key()}),
        attempts=InMemoryAttempts(),
        queue=InMemoryOutboxQueue(storage),
    )
    portal.provisioning.register_licence(samples.licence(), by=WinBooksAdministration())
    return portal


def new_user(
    portal: Portal, address: str = ADDRESS, level: Level = Level.ADMINISTRATOR
) -> PortalUser:
    """
    Return a user with an initial password.
    """
    form = {
        "winbooks_id": address,
        "password": INITIAL,
        "level": level.value,
        "first_name": "Ada",
        "last_name": "Lovelace",
    }
    new = NewEmployee.parse(form, licence=samples.licence())
    return portal.provisioning.create(new, by=DISTRIBUTOR).user


def settled_user(
    portal: Portal, address: str = ADDRESS, level: Level = Level.ADMINISTRATOR
) -> PortalUser:
    """
    Return a user who has chosen a password.
    """
    new_user(portal, address, level)
    return portal.own_login.change_password(
        WinBooksId(address), Password(INITIAL), Password(CHOSEN)
    )


def rolled_out(portal: Portal, change: date) -> Portal:
    """
    Return *portal* with a policy that `CHOSEN` breaks, to be changed by a day.
    """
    rollout = Rollout(asked=date(2020, 1, 6), notice=date(2020, 2, 3), change=change)
    policy = PasswordPolicy(min_length=40, rollout=rollout)
    return attrs.evolve(portal, policy=policy)


def mailed_token(portal: Portal) -> str:
    """
    Return the token in the mails that go out now.
    """
    mailer = InMemoryMailer()
    portal.relay(mailer).deliver()
    bodies = [
        message_from_bytes(mail.content, policy=default).get_body(("plain",))
        for mail in mailer.sent
    ]
    texts = [body.get_content() for body in bodies if body is not None]
    (token,) = re.findall(r"https://\S+\?token=(\S+)", "".join(texts))
    return str(token)
