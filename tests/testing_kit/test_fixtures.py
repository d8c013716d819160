"""
A product's test gets a service with everything around it.
"""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from winbooks_identity.adapters.memory import InMemoryMailer, InMemoryStorage
from winbooks_identity.authorization import Distributor, WinBooksAdministration
from winbooks_identity.forms.new_user import NewEmployee
from winbooks_identity.mail.relay import Relay
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.services.provisioning import ProvisioningService
from winbooks_identity.testing.contracts.sealer import SealerContract
from winbooks_identity.testing.doubles import (
    FrozenClock,
    KeylessSealer,
    seeded_randomness,
)
from winbooks_identity.testing.samples import NOW, licence


FORM = {
    "winbooks_id": "ada@kantoor.example",
    "generate_password": "on",
    "level": "Administrator",
    "first_name": "Ada",
    "last_name": "Lovelace",
    "send_credentials": "on",
}


class TestKeylessSealer(SealerContract):
    """
    The sealer of the fixtures does what a sealer does.
    """

    @pytest.fixture
    def sealer(self) -> KeylessSealer:
        """
        Return a sealer.
        """
        return KeylessSealer(seeded_randomness())


class TestProvisioning:
    """
    The fixtures belong together.
    """

    def test_a_user_is_made_and_mailed(
        self,
        provisioning: ProvisioningService,
        provisioning_storage: InMemoryStorage,
        provisioning_relay: Relay,
        provisioning_mailer: InMemoryMailer,
    ) -> None:
        """
        What the service stores is what the storage has; its mail arrives.
        """
        provisioning.register_licence(licence(), by=WinBooksAdministration())
        new = NewEmployee.parse(FORM, licence=licence())
        created = provisioning.create(new, by=Distributor(licence().number))

        provisioning_relay.deliver()

        assert created.user == provisioning_storage.run(
            lambda unit: unit.users.find(created.user.id)
        )
        assert ["ada@kantoor.example"] == [
            mail.recipient for mail in provisioning_mailer.sent
        ]

    def test_time_stands_still(self, provisioning_clock: FrozenClock) -> None:
        """
        Until the test moves it.
        """
        provisioning_clock.advance(timedelta(days=3))

        assert NOW + timedelta(days=3) == provisioning_clock()

    def test_chance_repeats_itself(
        self, provisioning_randomness: Callable[[int], bytes]
    ) -> None:
        """
        A generated password is the same in every run.
        """
        generated = PasswordPolicy().generate(randomness=provisioning_randomness)

        assert "%hV=VPoABdjZ!gnc" == generated.reveal()


class TestCost:
    """
    A project that uses nothing of it pays nothing.
    """

    def test_an_unrelated_project_loads_nothing_of_ours(self, tmp_path: Path) -> None:
        """
        Pytest finds the fixtures, and imports none of what they need.
        """
        (tmp_path / "test_other.py").write_text(
            "import sys\n"
            "def test_other():\n"
            "    assert [] == [m for m in sys.modules if m.startswith('winbooks')]\n",
            "utf-8",
        )

        done = subprocess.run(  # noqa: S603  Our own program.
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", tmp_path],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

        assert (0, "1 passed") == (done.returncode, done.stdout.split(" in ")[0][-8:])
