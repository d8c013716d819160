"""
The library `limits` counts, and what goes wrong there is said in our words.
"""

from typing import NoReturn

import pytest
from limits.errors import ConfigurationError
from limits.storage import Storage

from winbooks_identity.adapters.attempts_by_limits import LimitsAttempts
from winbooks_identity.attempts import Admitted, Attempt, Door, Outcome, Standing
from winbooks_identity.errors import StorageBusy


ATTEMPT = Attempt(door=Door.PASSWORD, subject="ada@elders.be", source="192.0.2.7")


class AwayStorage(Storage):
    """
    A storage of the library behind a network that is down.
    """

    STORAGE_SCHEME = ["away"]  # noqa: RUF012  As its base has it.

    base_exceptions = ConnectionError

    def _fail(self, *_: object, **__: object) -> NoReturn:
        raise ConnectionError

    incr = get = get_expiry = check = reset = clear = _fail


class TestAddress:
    """
    Storages are named as `limits` names them.
    """

    def test_an_unknown_one(self) -> None:
        """
        The library says so itself.
        """
        with pytest.raises(ConfigurationError):
            LimitsAttempts("nowhere://", key=b"k" * 32)

    def test_an_asynchronous_one(self) -> None:
        """
        It would answer with promises.
        """
        with pytest.raises(TypeError, match="asynchronous"):
            LimitsAttempts("async+memory://", key=b"k" * 32)


class TestAway:
    """
    A storage that does not answer lets no one guess.
    """

    def test_both_calls(self) -> None:
        """
        Nothing was counted; call again.
        """
        attempts = LimitsAttempts("away://", key=b"k" * 32)

        with pytest.raises(StorageBusy):
            attempts.begin(ATTEMPT)
        with pytest.raises(StorageBusy):
            attempts.end(Admitted(ATTEMPT, Standing.NEW), Outcome.RIGHT)
