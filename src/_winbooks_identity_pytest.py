"""
Which fixtures does a product get for its tests?

pytest loads this module in every project of the environment, so it stands
outside the package, and each fixture imports what it needs.
"""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest


if TYPE_CHECKING:
    from winbooks_identity.adapters.memory import (
        InMemoryMailer,
        InMemoryOnWebDirectory,
        InMemoryStorage,
    )
    from winbooks_identity.mail.relay import Relay
    from winbooks_identity.passwords import PasswordPolicy
    from winbooks_identity.portal import Portal
    from winbooks_identity.services.provisioning import ProvisioningService
    from winbooks_identity.testing.doubles import FrozenClock, KeylessSealer


def pytest_addoption(parser: pytest.Parser) -> None:
    """
    Take the option that writes snapshots and histories of policies.
    """
    parser.getgroup("winbooks-identity").addoption(
        "--update-policies",
        action="store_true",
        help="write the files of policy_snapshot and policy_history",
    )


@pytest.fixture
def policy_snapshot(
    request: pytest.FixtureRequest,
) -> "Callable[[PasswordPolicy, Path], None]":
    """
    Return what compares a policy with a file that was reviewed, or writes the file.
    """
    from winbooks_identity.testing.policy_snapshot import assert_reviewed

    return partial(assert_reviewed, update=request.config.option.update_policies)


@pytest.fixture
def policy_history(
    request: pytest.FixtureRequest,
) -> "Callable[[Iterable[PasswordPolicy], Path], None]":
    """
    Return what makes sure that all policies of a file are known, or adds new ones.
    """
    from winbooks_identity.testing.policy_snapshot import assert_known

    return partial(assert_known, update=request.config.option.update_policies)


@pytest.fixture
def provisioning_clock() -> "FrozenClock":
    """
    Return the clock of `provisioning`, which stands still until it is moved.
    """
    from winbooks_identity.testing.doubles import FrozenClock

    return FrozenClock()


@pytest.fixture
def provisioning_randomness() -> Callable[[int], bytes]:
    """
    Return a source of chance that is the same in every run.
    """
    from winbooks_identity.testing.doubles import seeded_randomness

    return seeded_randomness()


@pytest.fixture
def provisioning_storage() -> "InMemoryStorage":
    """
    Return the storage of `provisioning`, empty.
    """
    from winbooks_identity.adapters.memory import InMemoryStorage

    return InMemoryStorage()


@pytest.fixture
def provisioning_on_web() -> "InMemoryOnWebDirectory":
    """
    Return the logins of WinBooks on Web that `provisioning` knows: none yet.
    """
    from winbooks_identity.adapters.memory import InMemoryOnWebDirectory

    return InMemoryOnWebDirectory()


@pytest.fixture
def provisioning_mailer() -> "InMemoryMailer":
    """
    Return where the mails of `provisioning_relay` arrive.
    """
    from winbooks_identity.adapters.memory import InMemoryMailer

    return InMemoryMailer()


@pytest.fixture
def provisioning_sealer(
    provisioning_randomness: Callable[[int], bytes],
) -> "KeylessSealer":
    """
    Return what seals the mails that wait.
    """
    from winbooks_identity.testing.doubles import KeylessSealer

    return KeylessSealer(provisioning_randomness)


@pytest.fixture
def portal(
    provisioning_storage: "InMemoryStorage",
    provisioning_on_web: "InMemoryOnWebDirectory",
    provisioning_sealer: "KeylessSealer",
    provisioning_clock: "FrozenClock",
    provisioning_randomness: Callable[[int], bytes],
) -> "Portal":
    """
    Return the portal on storage in memory, with the cheapest hash there is.
    """
    from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
    from winbooks_identity.adapters.letters import StandardLetters, StandardLinkLetters
    from winbooks_identity.adapters.memory import InMemoryOutboxQueue
    from winbooks_identity.mail.one_time_link import OneTimeLinks
    from winbooks_identity.portal import Portal
    from winbooks_identity.testing.doubles import identifiers

    sender, address = "portal@winbooks.example", "https://portal.winbooks.example/"
    return Portal(
        provisioning_storage,
        queue=InMemoryOutboxQueue(provisioning_storage, clock=provisioning_clock),
        hasher=Argon2Hasher(CHEAPEST, workers=1),
        letters=StandardLetters(sender, address),
        sealer=provisioning_sealer,
        links=OneTimeLinks([provisioning_randomness(32)]),
        link_letters=StandardLinkLetters(
            sender,
            address,
            set_password_url=f"{address}password",
            confirm_id_url=f"{address}confirm",
        ),
        on_web=provisioning_on_web,
        clock=provisioning_clock,
        new_id=identifiers(provisioning_randomness),
    )


@pytest.fixture
def provisioning(portal: "Portal") -> "ProvisioningService":
    """
    Return the service of `portal` that creates users.
    """
    return portal.provisioning


@pytest.fixture
def provisioning_relay(
    portal: "Portal", provisioning_mailer: "InMemoryMailer"
) -> "Relay":
    """
    Return what takes the mails that wait to `provisioning_mailer`.
    """
    return portal.relay(provisioning_mailer, spread=lambda: 0.5)
