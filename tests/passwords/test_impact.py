"""
What does a new policy mean for passwords that are stored already?
"""

import pytest

from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.breached import BreachCheck
from winbooks_identity.passwords.impact import Impact, Stamp, StoredPasswordOutcome
from winbooks_identity.passwords.named import NAMED, PORTAL, RECOMMENDED
from winbooks_identity.passwords.stamps import stamp_of


LONGER = PasswordPolicy(min_length=14)
HUGE = PasswordPolicy(denied=[f"Wachtwoord{n:05}!" for n in range(9_000)])


def outcome(old: PasswordPolicy, new: PasswordPolicy) -> StoredPasswordOutcome:
    """
    Return what *new* means for one password that *old* accepted.
    """
    found = new.impact([Stamp("A", old.fingerprint)], [old]).total
    (only,) = [outcome for outcome, count in found.items() if count]
    return only


class TestStamps:
    """
    Stamps come one by one, or counted.
    """

    def test_counted_stamps(self) -> None:
        """
        A store counts them itself; each number is added to its outcome.
        """
        a, b = Stamp("A", PORTAL.fingerprint), Stamp("A", "f")
        other = Stamp("B", PORTAL.fingerprint)

        counted = PORTAL.impact({a: 3, b: 2, other: 4}, [PORTAL])

        assert counted == PORTAL.impact([a] * 3 + [b] * 2 + [other] * 4, [PORTAL])
        assert (3, 2, 4) == (
            counted.by_licence["A"][StoredPasswordOutcome.SAFE],
            counted.by_licence["A"][StoredPasswordOutcome.UNKNOWN],
            counted.by_licence["B"][StoredPasswordOutcome.SAFE],
        )


class TestOutcome:
    """
    A password is safe where its policy accepts nothing that the new one refuses.
    """

    @pytest.mark.parametrize(
        "old, new, expected",
        [
            (PORTAL, PORTAL, StoredPasswordOutcome.SAFE),
            (PORTAL, PasswordPolicy(min_kinds=2), StoredPasswordOutcome.SAFE),
            (LONGER, PORTAL, StoredPasswordOutcome.SAFE),
            (RECOMMENDED, PORTAL, StoredPasswordOutcome.SAFE),
            (RECOMMENDED, RECOMMENDED, StoredPasswordOutcome.SAFE),
            (PORTAL, LONGER, StoredPasswordOutcome.CHECK_AT_SIGN_IN),
            (
                PORTAL,
                NAMED["nist-single-factor"],
                StoredPasswordOutcome.CHECK_AT_SIGN_IN,
            ),
            (
                PORTAL,
                PasswordPolicy(min_strength=1),
                StoredPasswordOutcome.CHECK_AT_SIGN_IN,
            ),
            (
                PORTAL,
                PasswordPolicy(min_unfamiliar=1),
                StoredPasswordOutcome.CHECK_AT_SIGN_IN,
            ),
            (
                PORTAL,
                PasswordPolicy(breach_check=BreachCheck.ALWAYS),
                StoredPasswordOutcome.CHECK_AT_SIGN_IN,
            ),
            (
                PasswordPolicy(breach_check=BreachCheck.ALWAYS),
                PasswordPolicy(min_kinds=2, breach_check=BreachCheck.ALWAYS),
                StoredPasswordOutcome.CHECK_AT_SIGN_IN,
            ),
            (
                PasswordPolicy(min_unfamiliar=2, word_lists=["en"]),
                PasswordPolicy(min_unfamiliar=2, word_lists=["en", "years"]),
                StoredPasswordOutcome.CHECK_AT_SIGN_IN,
            ),
            (
                PasswordPolicy(min_unfamiliar=2, word_lists=["en"]),
                PasswordPolicy(
                    min_unfamiliar=2, word_lists=["en"], personal_words=True
                ),
                StoredPasswordOutcome.CHECK_AT_SIGN_IN,
            ),
            (
                PasswordPolicy(
                    min_unfamiliar=2, word_lists=["en", "years"], min_strength=2
                ),
                PasswordPolicy(min_unfamiliar=1, word_lists=["en"], min_strength=2),
                StoredPasswordOutcome.SAFE,
            ),
            (PORTAL, HUGE, StoredPasswordOutcome.UNKNOWN),
            (HUGE, PORTAL, StoredPasswordOutcome.SAFE),
        ],
    )
    def test_each(
        self, old: PasswordPolicy, new: PasswordPolicy, expected: StoredPasswordOutcome
    ) -> None:
        """
        What cannot be shown safe is checked; what cannot be compared is unknown.
        """
        assert expected is outcome(old, new)


class TestCounts:
    """
    Outcomes are counted by licence, without any password.
    """

    STAMPS = (
        Stamp("A", PORTAL.fingerprint),
        Stamp("A", LONGER.fingerprint),
        Stamp("B", PORTAL.fingerprint),
        Stamp("B", "of a policy that nobody knows"),
    )

    def test_by_licence(self) -> None:
        """
        Each licence has its own counts, zeros included.
        """
        found = LONGER.impact(self.STAMPS, [PORTAL, LONGER])

        assert {
            "A": {
                StoredPasswordOutcome.SAFE: 1,
                StoredPasswordOutcome.BREAKS: 0,
                StoredPasswordOutcome.CHECK_AT_SIGN_IN: 1,
                StoredPasswordOutcome.UNKNOWN: 0,
            },
            "B": {
                StoredPasswordOutcome.SAFE: 0,
                StoredPasswordOutcome.BREAKS: 0,
                StoredPasswordOutcome.CHECK_AT_SIGN_IN: 1,
                StoredPasswordOutcome.UNKNOWN: 1,
            },
        } == found.by_licence

    def test_total(self) -> None:
        """
        The counts of all licences add up.
        """
        found = LONGER.impact(self.STAMPS, [PORTAL, LONGER])

        assert {
            StoredPasswordOutcome.SAFE: 1,
            StoredPasswordOutcome.BREAKS: 0,
            StoredPasswordOutcome.CHECK_AT_SIGN_IN: 2,
            StoredPasswordOutcome.UNKNOWN: 1,
        } == found.total

    def test_nobody(self) -> None:
        """
        Without passwords there is nothing to count.
        """
        assert Impact({}) == PORTAL.impact([], [])


class TestUnaskedRules:
    """
    A rule that could not be asked is not counted as kept.
    """

    CHECKED = PasswordPolicy(breach_check=BreachCheck.IF_REACHABLE)
    PERSONAL = PasswordPolicy(personal_words=True, min_unfamiliar=6)

    @pytest.mark.parametrize(
        "accepting,unasked,new,expected",
        [
            (PERSONAL, "", PERSONAL, StoredPasswordOutcome.SAFE),
            (
                PERSONAL,
                "personal_words",
                PERSONAL,
                StoredPasswordOutcome.CHECK_AT_SIGN_IN,
            ),
            (PERSONAL, "personal_words", PasswordPolicy(), StoredPasswordOutcome.SAFE),
            (CHECKED, "breach_check", CHECKED, StoredPasswordOutcome.CHECK_AT_SIGN_IN),
            (CHECKED, "breach_check", PasswordPolicy(), StoredPasswordOutcome.SAFE),
        ],
    )
    def test_outcome(
        self,
        accepting: PasswordPolicy,
        unasked: str,
        new: PasswordPolicy,
        expected: StoredPasswordOutcome,
    ) -> None:
        """
        It matters where the new policy asks it, and only there.
        """
        stamp = stamp_of(accepting.fingerprint, unasked.split())

        found = new.impact([Stamp("WB-1", stamp)], known=[accepting, new])

        assert 1 == found.total[expected]
