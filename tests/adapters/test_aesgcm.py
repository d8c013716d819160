"""
How is what waits in the outbox sealed, so that a stolen database tells nothing?
"""

import pytest

from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.errors import SealBroken
from winbooks_identity.mail.outbox import Sealer
from winbooks_identity.testing.contracts import SealerContract


OLD = {"2025": b"o" * 32}
NEW = {"2026": b"n" * 32}


class TestContract(SealerContract):
    """
    The sealer keeps every promise of its port.
    """

    @pytest.fixture
    def sealer(self) -> Sealer:
        """
        Return one with two keys.
        """
        return AesGcmSealer(NEW | OLD)


class TestRotation:
    """
    A new key seals at once; an old one opens as long as it is there.
    """

    def test_the_first_key_seals(self) -> None:
        """
        What is sealed now opens without the old key.
        """
        box = AesGcmSealer(NEW | OLD).seal(b"secret", b"")

        assert b"secret" == AesGcmSealer(NEW).unseal(box, b"")

    def test_an_old_key_opens(self) -> None:
        """
        What was sealed before the rotation still opens.
        """
        box = AesGcmSealer(OLD).seal(b"secret", b"")

        assert b"secret" == AesGcmSealer(NEW | OLD).unseal(box, b"")

    def test_a_key_that_is_gone(self) -> None:
        """
        What was sealed with a key that is destroyed stays closed.
        """
        box = AesGcmSealer(OLD).seal(b"secret", b"")

        with pytest.raises(SealBroken):
            AesGcmSealer(NEW).unseal(box, b"")

    def test_another_key_under_the_same_id(self) -> None:
        """
        The id names the key, it does not replace it.
        """
        box = AesGcmSealer({"2026": b"x" * 32}).seal(b"secret", b"")

        with pytest.raises(SealBroken):
            AesGcmSealer(NEW).unseal(box, b"")


class TestKeys:
    """
    A sealer has keys for AES-256, or it is not made.
    """

    @pytest.mark.parametrize(
        "keys",
        [{}, {"a": b"k" * 31}, {"a": b"k" * 33}, {"a": b"k" * 32, "b": b""}],
        ids=["none", "short", "long", "second empty"],
    )
    def test_refuses_other_keys(self, keys: dict[str, bytes]) -> None:
        """
        No key, or one of another length.
        """
        with pytest.raises(ValueError, match="each of 32 bytes"):
            AesGcmSealer(keys)

    def test_the_longest_id(self) -> None:
        """
        An id of 255 bytes still finds its key.
        """
        sealer = AesGcmSealer({"a" * 255: b"k" * 32})

        assert b"secret" == sealer.unseal(sealer.seal(b"secret", b""), b"")

    def test_an_id_that_is_too_long(self) -> None:
        """
        An id of 256 bytes does not fit the box.
        """
        with pytest.raises(ValueError, match="at most 255 bytes"):
            AesGcmSealer({"a" * 256: b"k" * 32})

    def test_shows_no_key(self) -> None:
        """
        Printing a sealer prints no key.
        """
        assert "k" * 8 not in repr(AesGcmSealer({"a": b"k" * 32}))
