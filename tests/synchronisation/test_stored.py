"""
Everybody in a licence is read, however many pages that takes.
"""

import pytest

from winbooks_identity.adapters.memory import InMemoryStorage
from winbooks_identity.ports import PAGE_SIZE
from winbooks_identity.synchronisation import stored
from winbooks_identity.testing import samples
from winbooks_identity.testing.contracts import units


class TestPages:
    """
    The last page is known by its length, and one that is full has another behind it.
    """

    @pytest.mark.parametrize("count", [0, 1, PAGE_SIZE, PAGE_SIZE + 1])
    def test_everybody_comes_once(self, count: int) -> None:
        """
        Whole, in outline and by their keys.
        """
        storage = InMemoryStorage()
        units.register(storage)
        users = [samples.user(f"user{number}") for number in range(count)]
        storage.run(lambda unit: unit.users.add_all(users))
        keys = sorted(user.id for user in users)

        assert keys == [user.id for user in stored.users_of(storage, "4711")]
        assert keys == [user.id for user in stored.outlines_of(storage, "4711")]
        assert keys == sorted(user.id for user in stored.with_keys(storage, keys))
