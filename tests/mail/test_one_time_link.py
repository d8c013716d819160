"""
Links that prove something, once, for a while.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winbooks_identity.mail.one_time_link import Link, OneTimeLinks, Purpose
from winbooks_identity.refusals import LinkRefused


NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
LINK = Link(
    purpose=Purpose.SET_PASSWORD,
    user_id=UUID(int=7),
    expires_at=NOW + timedelta(hours=1),
)
LINKS = OneTimeLinks([b"k" * 32])
TOKEN = LINKS.sign(LINK, bound_to="ada@example.org hash")


class TestRead:
    """
    A token names what it is for.  [Q11]
    """

    def test_what_was_signed(self) -> None:
        """
        Purpose, user and end come back.
        """
        assert LINK == LINKS.read(TOKEN, Purpose.SET_PASSWORD, NOW)

    def test_another_purpose(self) -> None:
        """
        A link for a password confirms no address.
        """
        with pytest.raises(LinkRefused):
            LINKS.read(TOKEN, Purpose.CONFIRM_ID, NOW)

    def test_one_second_before_its_end(self) -> None:
        """
        It is good.
        """
        before = LINK.expires_at - timedelta(seconds=1)

        assert LINK == LINKS.read(TOKEN, Purpose.SET_PASSWORD, before)

    def test_at_its_end(self) -> None:
        """
        It is not.
        """
        with pytest.raises(LinkRefused):
            LINKS.read(TOKEN, Purpose.SET_PASSWORD, LINK.expires_at)

    @pytest.mark.parametrize(
        "token",
        [
            "",
            "abc",
            "é" * 76,
            "A" * 76,
            "_" * 76,
            TOKEN[:-4],
            TOKEN + "AAAA",
            TOKEN + "=",
            TOKEN + "====",
            TOKEN + "\n",
            " " + TOKEN,
            TOKEN[:38] + "!" + TOKEN[38:],
            TOKEN[:38] + "\n" + TOKEN[38:],
            TOKEN[:-4] + "====" + TOKEN[-4:],
            TOKEN[:-1] + "+",
            TOKEN[:-1] + "/",
            TOKEN[:-1] + "=",
            "!" * 76,
            urlsafe_b64encode(b"\x01" + b"\xff" * 56).decode(),
        ],
    )
    def test_what_is_no_token(self, token: str) -> None:
        """
        It gets the same answer as one that was used; junk is not passed over.  [S37]
        """
        with pytest.raises(LinkRefused):
            LINKS.read(token, Purpose.SET_PASSWORD, NOW)
        with pytest.raises(LinkRefused):
            LINKS.ensure_signed(token, bound_to="ada@example.org hash")

    def test_another_case(self) -> None:
        """
        It is another token.  [S37]
        """
        with pytest.raises(LinkRefused):
            LINKS.ensure_signed(TOKEN.swapcase(), bound_to="ada@example.org hash")

    @given(st.text())
    def test_any_text(self, token: str) -> None:
        """
        Whatever is typed is refused, and never fails otherwise.
        """
        with pytest.raises(LinkRefused):
            LINKS.read(token, Purpose.SET_PASSWORD, NOW)


class TestEnsureSigned:
    """
    A token is good while what it was bound to stays what it is.  [Q11]
    """

    def test_genuine(self) -> None:
        """
        Nothing is raised.
        """
        LINKS.ensure_signed(TOKEN, bound_to="ada@example.org hash")

    def test_something_changed(self) -> None:
        """
        Another password or address makes it void.
        """
        with pytest.raises(LinkRefused):
            LINKS.ensure_signed(TOKEN, bound_to="ada@example.org other")

    def test_another_key(self) -> None:
        """
        Who does not have the key cannot sign.
        """
        forged = OneTimeLinks([b"x" * 32]).sign(LINK, bound_to="ada@example.org hash")

        with pytest.raises(LinkRefused):
            LINKS.ensure_signed(forged, bound_to="ada@example.org hash")

    def test_a_rotated_key(self) -> None:
        """
        The earlier key still recognises what it signed.
        """
        rotated = OneTimeLinks([b"n" * 32, b"k" * 32])

        rotated.ensure_signed(TOKEN, bound_to="ada@example.org hash")

    @given(position=st.integers(0, 56), bit=st.integers(0, 7))
    def test_every_bit_counts(self, position: int, bit: int) -> None:
        """
        A token that was altered anywhere is refused.
        """
        raw = bytearray(urlsafe_b64decode(TOKEN))
        raw[position] ^= 1 << bit

        with pytest.raises(LinkRefused):
            LINKS.ensure_signed(
                urlsafe_b64encode(raw).decode(), bound_to="ada@example.org hash"
            )


class TestKeys:
    """
    A key is as long as the signature (RFC 2104).
    """

    @pytest.mark.parametrize("keys", [[], [b"k" * 31], [b"k" * 32, b""]])
    def test_a_short_key(self, keys: list[bytes]) -> None:
        """
        It is refused, and not shown.
        """
        with pytest.raises(ValueError, match="32 bytes"):
            OneTimeLinks(keys)

    def test_repr_shows_no_key(self) -> None:
        """
        Nor does anything else that a log could print.
        """
        assert "kkkk" not in repr(LINKS)
