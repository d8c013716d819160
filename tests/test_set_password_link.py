"""
How does a mail let somebody choose a password, without carrying a secret to keep?
"""

from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from winbooks_identity.errors import Invalid
from winbooks_identity.problems import NotText
from winbooks_identity.set_password_link import InvalidLink, SetPasswordTokens


LINK = UUID("0197a1f2-0000-4000-8000-00000000002a")
OLD = {"2025": b"o" * 32}
NEW = {"2026": b"n" * 32}
TOKENS = SetPasswordTokens(NEW)


class TestTokens:
    """
    A token belongs to one stored link, and only our key makes it.
    """

    @given(st.uuids())
    def test_a_token_leads_to_its_link(self, link_id: UUID) -> None:
        """
        Reading a token gives the identifier that it was made of.
        """
        assert link_id == TOKENS.read(TOKENS.make(link_id))

    def test_fits_a_link(self) -> None:
        """
        It has 64 characters, and none that a link would have to escape.
        """
        token = TOKENS.make(LINK)

        assert (64, True) == (
            len(token),
            token.replace("_", "").replace("-", "").isalnum(),
        )

    def test_is_the_same_each_time(self) -> None:
        """
        A mail that is made again has the same link.
        """
        assert TOKENS.make(LINK) == TOKENS.make(LINK)

    def test_is_derived_as_documented(self) -> None:
        """
        Tokens in mails that are out stay good from release to release.

        The value was computed with ``openssl dgst -sha256 -mac HMAC``.
        """
        assert (
            "AZeh8gAAQACAAAAAAAAAKlv2xkmvW_dzaQnxrN6Jpqb_anr1uFKJ5LsVmGs3AeRi"
            == TOKENS.make(LINK)
        )

    @given(st.integers(0, 63), st.sampled_from("AZaz09-_"))
    def test_every_character_counts(self, place: int, character: str) -> None:
        """
        A token with one character changed is refused.
        """
        token = TOKENS.make(LINK)
        changed = token[:place] + character + token[place + 1 :]

        assume(changed != token)
        with pytest.raises(Invalid):
            TOKENS.read(changed)

    @pytest.mark.parametrize(
        "token",
        [
            "",
            "A" * 64,
            "A" * 63,
            "A" * 65,
            "A" * 60,
            "A" * 63 + "=",
            "é" * 64,
            "+" * 64,
            "A" * 1_000_000,
        ],
        ids=lambda token: f"{token[-1:]} {len(token)}",
    )
    def test_something_else(self, token: str) -> None:
        """
        What is no token of ours is refused with one problem.
        """
        with pytest.raises(Invalid) as refusal:
            TOKENS.read(token)

        assert (InvalidLink(),) == refusal.value.problems

    def test_no_text(self) -> None:
        """
        A form that sends something else is told so.
        """
        with pytest.raises(Invalid) as refusal:
            TOKENS.read(None)  # type: ignore[arg-type]  # What a form may send.

        assert (NotText(),) == refusal.value.problems


class TestKeys:
    """
    The first key makes tokens, all of them read.
    """

    def test_an_old_key_still_reads(self) -> None:
        """
        Links that are out survive a new key.
        """
        token = SetPasswordTokens(OLD).make(LINK)

        assert LINK == SetPasswordTokens(NEW | OLD).read(token)

    def test_a_new_key_makes(self) -> None:
        """
        New links do not need the old key.
        """
        assert LINK == TOKENS.read(SetPasswordTokens(NEW | OLD).make(LINK))

    def test_a_key_that_is_gone(self) -> None:
        """
        Its links end with it.
        """
        with pytest.raises(Invalid):
            TOKENS.read(SetPasswordTokens(OLD).make(LINK))

    @pytest.mark.parametrize("keys", [{}, {"a": b"k" * 31}, {"a": b"k" * 32, "b": b""}])
    def test_refuses_short_keys(self, keys: dict[str, bytes]) -> None:
        """
        No key, or one that could be guessed.
        """
        with pytest.raises(ValueError, match="each of 32 octets"):
            SetPasswordTokens(keys)
