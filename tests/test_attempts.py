"""
What is counted of an attempt, and under which name.
"""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winbooks_identity.attempts import (
    LIMITS,
    Attempt,
    Door,
    Limit,
    Scope,
    source_of,
)
from winbooks_identity.refusals import TooManyAttempts


KEY = b"k" * 32
MINUTE = timedelta(minutes=1)


class TestSource:
    """
    Where an attempt comes from, as far as it says who tries.  [S21]
    """

    @pytest.mark.parametrize(
        "text,expected",
        [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:DB8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::", "2001:db8:1:2::/64"),
            ("2001:db8:1:3::", "2001:db8:1:3::/64"),
            ("testclient", "testclient"),
            ("", ""),
            (None, None),
        ],
    )
    def test_examples(self, text: str | None, expected: str | None) -> None:
        """
        Of IPv6, the network of 64 bits.
        """
        assert expected == source_of(text)

    @given(st.ip_addresses().map(str) | st.text())
    def test_once_is_enough(self, text: str) -> None:
        """
        A source that is read again stays as it is.
        """
        assert source_of(text) == source_of(source_of(text))


class TestCounters:
    """
    Attempts that are counted together have one name.
    """

    @given(st.text(), st.text(), st.text(), st.text())
    def test_no_two_are_confused(
        self, subject: str, source: str, other: str, elsewhere: str
    ) -> None:
        """
        However subject and source are written.
        """
        limit = Limit(scope=Scope.BOTH, times=1, within=MINUTE)
        one = Attempt(door=Door.LINK, subject=subject, source=source)
        two = Attempt(door=Door.LINK, subject=other, source=elsewhere)

        same = (one.subject, one.source) == (two.subject, two.source)
        assert same == (limit.counter(one, KEY) == limit.counter(two, KEY))

    def test_two_limits_of_one_scope(self) -> None:
        """
        A limit for an hour and one for a day count apart.
        """
        attempt = Attempt(door=Door.LINK, subject="ada", source=None)
        limits = [
            Limit(scope=Scope.SUBJECT, times=1, within=within)
            for within in (MINUTE, 2 * MINUTE)
        ]

        assert 2 == len({limit.counter(attempt, KEY) for limit in limits})

    def test_limits_that_limit(self) -> None:
        """
        None is a number of attempts, or a time, that lets no one in.
        """
        for times, within in ((0, MINUTE), (1, timedelta(0))):
            with pytest.raises(ValueError, match="must be"):
                Limit(scope=Scope.BOTH, times=times, within=within)

    def test_nothing_personal_is_shown(self) -> None:
        """
        Attempts end in logs.
        """
        attempt = Attempt(door=Door.LINK, subject="ada@elders.be", source="192.0.2.7")

        assert "Attempt(door=<Door.LINK: 'link'>)" == repr(attempt)


class TestLimits:
    """
    What is limited unless a product says otherwise.  [S20]
    """

    def test_the_numbers(self) -> None:
        """
        As the how-to page says.
        """
        assert {
            Door.PASSWORD: [
                (Scope.BOTH, 10, "0:15:00", False),
                (Scope.SOURCE, 100, "0:15:00", False),
                (Scope.SUBJECT, 100, "1:00:00", True),
            ],
            Door.FORGOTTEN_PASSWORD: [
                (Scope.SOURCE, 20, "1:00:00", False),
                (Scope.SUBJECT, 5, "1 day, 0:00:00", False),
            ],
            Door.LINK: [
                (Scope.SOURCE, 30, "0:15:00", False),
                (Scope.SUBJECT, 30, "0:15:00", False),
            ],
            Door.TOKEN: [(Scope.SOURCE, 30, "0:15:00", False)],
            Door.DEACTIVATION: [(Scope.SUBJECT, 100, "1 day, 0:00:00", False)],
        } == {
            door: [
                (each.scope, each.times, str(each.within), each.spares_known)
                for each in limits
            ]
            for door, limits in LIMITS.of_door.items()
        }


class TestWait:
    """
    A refusal says how long to wait, in words and in seconds.
    """

    @pytest.mark.parametrize(
        "wait,text,seconds",
        [
            (timedelta(0), "attempts.too_many(minutes=1)", 1),
            (timedelta(seconds=60), "attempts.too_many(minutes=1)", 60),
            (timedelta(seconds=60.1), "attempts.too_many(minutes=2)", 61),
            (timedelta(minutes=119), "attempts.too_many(minutes=119)", 7140),
            (timedelta(minutes=120), "attempts.too_many_for_hours(hours=2)", 7200),
            (timedelta(minutes=121), "attempts.too_many_for_hours(hours=3)", 7260),
        ],
    )
    def test_rounded_up(self, wait: timedelta, text: str, seconds: int) -> None:
        """
        People who wait so long get in.
        """
        refused = TooManyAttempts(wait)

        assert (text, seconds) == (str(refused), refused.retry_after_seconds)
