"""
Where are leaked passwords looked up?
"""

import re
from collections.abc import Callable
from http.client import BadStatusLine, IncompleteRead

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from winbooks_identity.adapters.breached_passwords import (
    BreachedPasswordsInMemory,
    BreachedPasswordsService,
    NoBreachedPasswords,
)
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.breached import (
    Found,
    LookUp,
    NotFound,
    NotReachable,
    key_of,
)
from winbooks_identity.passwords.problems import Breached


#: The key of "password" begins with 5BAA6 and goes on like this.
LINE = re.compile("[0-9A-Fa-f]{35}:[0-9][0-9,]{0,17}")
REST = "1E4C9B93F3F0682250B6CF8331B7EE68FD8"


def answering(text: str) -> Callable[[str], str]:
    """
    Return a transport that answers every question with *text*.
    """
    return lambda _: text


class TestNone:
    """
    Who has no collection can say so.
    """

    def test_knows_nothing(self) -> None:
        """
        Nothing is known to have leaked.
        """
        assert NotFound() == NoBreachedPasswords().look_up(key_of("password"))


class TestInMemory:
    """
    A short list is held in memory.
    """

    def test_counts(self) -> None:
        """
        What is listed twice has leaked twice.
        """
        breached = BreachedPasswordsInMemory.of(["password", "azerty", "password"])

        assert [Found(2), Found(1), NotFound()] == [
            breached.look_up(key_of(text)) for text in ("password", "azerty", "qwerty")
        ]

    def test_shows_nothing(self) -> None:
        """
        The keys of what leaked stay out of logs.
        """
        breached = BreachedPasswordsInMemory.of(["password"])

        assert "BreachedPasswordsInMemory()" == repr(breached)

    def test_serves_a_policy(self) -> None:
        """
        A policy refuses what is in the collection.
        """
        policy = PasswordPolicy(breach_check="always")
        breached = BreachedPasswordsInMemory.of(["Password1234"])

        assert (Breached(),) == policy.check("Password1234", breached=breached)


class TestService:
    """
    A service is told the beginning of a key, and says how such keys go on.
    """

    @pytest.mark.parametrize(
        "answer, result",
        [
            (f"{REST}:3", Found(3)),
            (f"0018A45C4D1DEF81644B54AB7F969B88D65:1\r\n{REST}:2,203\r\n", Found(2203)),
            (f"{REST.lower()}:7", Found(7)),
            (f"\ufeff{REST}:3", Found(3)),
            (f"{REST}:3\n\n", Found(3)),
            (REST, NotReachable()),
            (REST[:-1] + ":3", NotReachable()),
            (REST[:27] + ":3", NotReachable()),
            (f"{REST}:3\n0018A45C4D1DEF81644B", NotReachable()),
            (f"{REST}:3\n<html>Too many requests</html>", NotReachable()),
            ("<html><body>Log in to the Wi-Fi</body></html>", NotReachable()),
            (
                '{"statusCode": 429, "message": "Rate limit is exceeded."}',
                NotReachable(),
            ),
            (f"{REST}:,3", NotReachable()),
            (f"{REST}: 3", NotReachable()),
            (f"{REST}:\u0663", NotReachable()),
            (f"{REST}:0", NotFound()),
            (f"{REST}:0\n{REST}:3", Found(3)),
            (f"{REST}:3\n{REST.lower()}:0", Found(3)),
            ("0018A45C4D1DEF81644B54AB7F969B88D65:1", NotFound()),
            ("", NotReachable()),
            (f"{REST}:many", NotReachable()),
            (f"{REST}:" + "9" * 18, Found(10**18 - 1)),
            (f"{REST}:" + "9" * 19, NotReachable()),
            (f"{REST}:" + "9" * 5_000, NotReachable()),
        ],
    )
    def test_reads_the_answer(self, answer: str, result: LookUp) -> None:
        """
        Counts with commas or without, padding, and nonsense are told apart.
        """
        service = BreachedPasswordsService(answering(answer))

        assert result == service.look_up(key_of("password"))

    def test_tells_five_digits(self) -> None:
        """
        The service does not learn which password is meant.
        """
        told: list[str] = []

        def fetch(beginning: str) -> str:
            told.append(beginning)
            return f"{REST}:3"

        BreachedPasswordsService(fetch).look_up(key_of("password"))

        assert ["5BAA6"] == told

    @pytest.mark.parametrize(
        "failure",
        [
            TimeoutError(),
            ConnectionResetError(),
            IncompleteRead(b""),
            BadStatusLine("HTTP/0.9"),
            UnicodeDecodeError("utf-8", b"\xe9", 0, 1, "no text"),
        ],
        ids=lambda failure: type(failure).__name__,
    )
    def test_a_failure_is_an_answer(self, failure: Exception) -> None:
        """
        A service that is down, cut off or speaks of something else is not reachable.
        """

        def fetch(_: str) -> str:
            raise failure

        assert NotReachable() == BreachedPasswordsService(fetch).look_up(
            key_of("password")
        )

    @given(st.text())
    def test_any_answer_is_survived(self, text: str) -> None:
        """
        Whatever comes back, it is an answer about one password.
        """
        found = BreachedPasswordsService(answering(text)).look_up(key_of("password"))

        assert isinstance(found, Found | NotFound | NotReachable)

    @given(st.text())
    def test_what_cannot_be_read_is_not_believed(self, text: str) -> None:
        """
        A line that is none makes an answer worthless, wherever it stands.
        """
        assume(text.strip() and not LINE.fullmatch(text.strip()))
        assume("\n" not in text)
        answer = f"{REST}:3\n{text}\n0018A45C4D1DEF81644B54AB7F969B88D65:1"

        found = BreachedPasswordsService(answering(answer)).look_up(key_of("password"))

        assert NotReachable() == found
