"""
What does a class have to do to be a `Sealer`?
"""

import pytest

from ...errors import SealBroken
from ...mail.outbox import Sealer
from .suite import Contract


__all__ = ["SealerContract"]

_CLEAR = b"Uw wachtwoord: Zomer-2026-in-Gent"
_CONTEXT = b"row 1"


class SealerContract(Contract):
    """
    What is sealed is secret, whole, and bound to its place.
    """

    @pytest.fixture
    def sealer(self) -> Sealer:
        """
        Return the sealer to test.
        """
        raise NotImplementedError("supply the fixture sealer")

    @pytest.mark.parametrize("clear", [b"", b"\x00", _CLEAR, b"\xff" * 100_000])
    def test_what_was_sealed_comes_back(self, sealer: Sealer, clear: bytes) -> None:
        """
        The same bytes come back, whatever they are.
        """
        assert clear == sealer.unseal(sealer.seal(clear, _CONTEXT), _CONTEXT)

    def test_a_box_does_not_show_its_content(self, sealer: Sealer) -> None:
        """
        No part of the content, of eight bytes or more, stands in the box.
        """
        box = sealer.seal(_CLEAR, _CONTEXT)

        windows = (_CLEAR[start : start + 8] for start in range(len(_CLEAR) - 7))
        assert [] == [window for window in windows if window in box]

    def test_equal_contents_make_different_boxes(self, sealer: Sealer) -> None:
        """
        Two boxes do not show that two users have the same password.
        """
        assert sealer.seal(_CLEAR, _CONTEXT) != sealer.seal(_CLEAR, _CONTEXT)

    def test_another_context_does_not_open(self, sealer: Sealer) -> None:
        """
        A box that was moved to another row is broken.
        """
        box = sealer.seal(_CLEAR, _CONTEXT)

        with pytest.raises(SealBroken):
            sealer.unseal(box, b"row 2")

    def test_every_octet_counts(self, sealer: Sealer) -> None:
        """
        A box with one byte changed, wherever, is broken.
        """
        box = sealer.seal(b"secret", _CONTEXT)

        for place, byte in enumerate(box):
            altered = box[:place] + bytes([byte ^ 1]) + box[place + 1 :]
            with pytest.raises(SealBroken):
                sealer.unseal(altered, _CONTEXT)

    def test_a_part_of_a_box_does_not_open(self, sealer: Sealer) -> None:
        """
        A box that was cut short, or is not there at all, is broken.
        """
        box = sealer.seal(b"secret", _CONTEXT)

        for length in range(len(box)):
            with pytest.raises(SealBroken):
                sealer.unseal(box[:length], _CONTEXT)
