"""
What does a class have to do to be an `Attempts`?
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final, TypeAlias

import pytest

from ...attempts import (
    KNOWN_FOR,
    Admitted,
    Attempt,
    AttemptLimits,
    Door,
    Limit,
    Outcome,
    Scope,
    Standing,
)
from ...ports import Attempts
from ...refusals import TooManyAttempts
from .suite import Contract, in_threads, needs_threads


__all__ = ["AttemptsContract", "Elapse", "MakeAttempts"]

MakeAttempts: TypeAlias = Callable[[AttemptLimits], Attempts]
"""
Makes the adapter, with nothing counted yet.
"""

Elapse: TypeAlias = Callable[[timedelta], None]
"""
Lets time pass for what was made, without waiting for it.
"""

_MINUTE: Final = timedelta(minutes=1)
_HOUR: Final = timedelta(hours=1)
_SECOND: Final = timedelta(seconds=1)

#: Three about one subject from one source, five from one source, eight about one
#: subject from sources that are not known.
_LIMITS: Final = AttemptLimits(
    {
        Door.PASSWORD: (
            Limit(scope=Scope.BOTH, times=3, within=_MINUTE),
            Limit(scope=Scope.SOURCE, times=5, within=_MINUTE),
            Limit(scope=Scope.SUBJECT, times=8, within=_HOUR, spares_known=True),
        ),
        Door.LINK: (Limit(scope=Scope.SOURCE, times=5, within=_MINUTE),),
    }
)


class AttemptsContract(Contract):
    """
    No more attempts are admitted than may fail, and the owner's do not count.

    Supply the fixtures `make` and `elapse`.
    """

    @pytest.fixture
    def make(self) -> MakeAttempts:
        """
        Return what makes the adapter with limits.
        """
        raise NotImplementedError("supply the fixture make")

    @pytest.fixture
    def elapse(self) -> Elapse:
        """
        Return what lets time pass for the adapter.
        """
        raise NotImplementedError("supply the fixture elapse")

    @pytest.fixture
    def attempts(self, make: MakeAttempts) -> Attempts:
        """
        Return the adapter to test.
        """
        return make(_LIMITS)

    # A look

    def test_a_look_says_what_an_attempt_would_meet(
        self, make: MakeAttempts, elapse: Elapse
    ) -> None:
        """
        It counts nothing, so it changes no answer; a full limit has its time left.
        """
        attempts = make(_LIMITS)
        asked = [
            Attempt(door=Door.PASSWORD, subject="ada", source="here"),
            Attempt(door=Door.PASSWORD, subject="ada", source="there"),
            Attempt(door=Door.PASSWORD, subject="ada", source=None),
        ]
        assert [None] * 3 == [*attempts.look(asked)]
        for _ in range(3):
            attempts.begin(asked[0])

        looks = [attempts.look(asked) for _ in range(20)]

        here, *others = looks[-1]
        assert here is not None
        assert _MINUTE - 5 * _SECOND < here <= _MINUTE
        assert [None, None] == others
        attempts.begin(asked[1])
        with pytest.raises(TooManyAttempts):
            attempts.begin(asked[0])
        elapse(_MINUTE + _SECOND)
        assert [None] * 3 == [*attempts.look(asked)]

    def test_a_look_from_a_known_source(self, attempts: Attempts) -> None:
        """
        It passes the limit that spares those who were there before.
        """
        known = Attempt(door=Door.PASSWORD, subject="ada", source="home")
        attempts.end(attempts.begin(known), Outcome.RIGHT)
        for each in range(8):
            attempts.begin(Attempt(door=Door.PASSWORD, subject="ada", source=str(each)))

        strange = Attempt(door=Door.PASSWORD, subject="ada", source="away")
        (from_home, from_elsewhere) = attempts.look([known, strange])

        assert from_home is None
        assert from_elsewhere is not None

    # One subject from one source

    def test_as_many_as_may_fail(self, attempts: Attempts) -> None:
        """
        The fourth waits until the first is forgotten.  [S20]
        """
        _fail(attempts, 3)

        with pytest.raises(TooManyAttempts) as caught:
            attempts.begin(_attempt())

        assert timedelta(0) < caught.value.retry_after <= _MINUTE

    def test_the_time_is_over(self, attempts: Attempts, elapse: Elapse) -> None:
        """
        The first attempt begins the time, and those that were refused prolong nothing.
        """
        _fail(attempts, 3)
        elapse(_MINUTE - 2 * _SECOND)
        for _ in range(4):
            assert _is_refused(attempts)
        elapse(3 * _SECOND)

        assert 3 == _count_admitted(attempts, 9)

    def test_what_is_forgiven(self, attempts: Attempts) -> None:
        """
        A subject, alone and from the sources that are named; others stay.  [S54]
        """
        _fail(attempts, 3)

        attempts.forgive([_attempt()])

        # Five from one source stay counted: two more are admitted, and no third.
        assert 2 == _count_admitted(attempts, 5)

    def test_a_subject_is_forgiven_whatever_the_source(
        self, attempts: Attempts
    ) -> None:
        """
        From a source that is not named, only what is counted from there stays.
        """
        for number in range(8):
            attempts.begin(_attempt(source=f"192.0.2.{number}"))
        assert _is_refused(attempts)

        attempts.forgive([_attempt(source="192.0.2.0")])

        assert not _is_refused(attempts)

    def test_a_right_one_forgives(self, attempts: Attempts) -> None:
        """
        Who proves to be the owner begins anew.
        """
        _fail(attempts, 2)
        attempts.end(attempts.begin(_attempt()), Outcome.RIGHT)

        assert 3 == _count_admitted(attempts, 9)

    def test_a_right_one_does_not_count(self, attempts: Attempts) -> None:
        """
        People may sign in as often as they like.
        """
        for _ in range(20):
            attempts.end(attempts.begin(_attempt()), Outcome.RIGHT)

    def test_one_without_an_outcome_does_not_count(self, attempts: Attempts) -> None:
        """
        A storage that was busy says nothing about a password.
        """
        for _ in range(20):
            attempts.end(attempts.begin(_attempt()), Outcome.UNKNOWN)

        assert 3 == _count_admitted(attempts, 9)

    def test_one_without_an_outcome_forgives_nothing(self, attempts: Attempts) -> None:
        """
        Or an attacker would keep the hasher busy to guess for ever.
        """
        _fail(attempts, 2)
        attempts.end(attempts.begin(_attempt()), Outcome.UNKNOWN)

        assert 1 == _count_admitted(attempts, 9)

    def test_what_was_forgiven_is_not_taken_back(self, attempts: Attempts) -> None:
        """
        Nothing is counted below nothing, which would give attempts away.
        """
        first, second = attempts.begin(_attempt()), attempts.begin(_attempt())
        attempts.end(second, Outcome.RIGHT)
        attempts.end(first, Outcome.UNKNOWN)

        assert 3 == _count_admitted(attempts, 9)

    # Others

    def test_others_are_counted_apart(self, attempts: Attempts) -> None:
        """
        Another subject, source or door has its own count.
        """
        _fail(attempts, 3)

        assert not _is_refused(attempts, subject="grace@elders.be")
        assert not _is_refused(attempts, source="192.0.2.8")
        assert not _is_refused(attempts, door=Door.LINK)
        assert _is_refused(attempts)

    def test_one_source_tries_many(self, attempts: Attempts) -> None:
        """
        One password tried on everyone is limited by its source.
        """
        admitted = [
            not _is_refused(attempts, subject=f"user{number}@elders.be")
            for number in range(9)
        ]

        assert [True] * 5 + [False] * 4 == admitted

    def test_many_sources_try_one(self, attempts: Attempts) -> None:
        """
        Many machines that guess one password are limited by its subject.
        """
        admitted = [
            not _is_refused(attempts, source=f"192.0.2.{number}")
            for number in range(12)
        ]

        assert [True] * 8 + [False] * 4 == admitted

    def test_the_owner_at_a_known_source(self, attempts: Attempts) -> None:
        """
        Strangers do not lock them out where they signed in before.  [S21]
        """
        attempts.end(attempts.begin(_attempt()), Outcome.RIGHT)
        for number in range(20, 40):
            _is_refused(attempts, source=f"192.0.2.{number}")

        assert _is_refused(attempts, source="192.0.2.9")
        assert 3 == _count_admitted(attempts, 9)

    def test_a_known_source_is_limited(self, attempts: Attempts) -> None:
        """
        It is spared by the limit of its subject alone; the others hold.
        """
        attempts.end(attempts.begin(_attempt()), Outcome.RIGHT)
        _fail(attempts, 3)

        assert _is_refused(attempts)

    def test_a_refused_one_counts_nowhere(self, attempts: Attempts) -> None:
        """
        An attacker who hits the narrow limit does not use up the wide ones.
        """
        for _ in range(20):
            _is_refused(attempts)

        others = [f"user{number}@elders.be" for number in range(4)]
        assert [False, False, True, True] == [
            _is_refused(attempts, subject=other) for other in others
        ]
        assert 5 == sum(
            not _is_refused(attempts, source=f"192.0.2.{number}")
            for number in range(20, 30)
        )

    # Without a source or a subject

    def test_from_nowhere(self, attempts: Attempts) -> None:
        """
        Attempts without a source count as from one, and only about their subject.
        """
        assert 3 == _count_admitted(attempts, 9, source=None)
        for number in range(9):
            assert not _is_refused(
                attempts, subject=f"user{number}@elders.be", source=None
            )

    def test_nowhere_is_never_known(self, attempts: Attempts) -> None:
        """
        It is where strangers come from, too.
        """
        right = attempts.begin(_attempt(source=None))
        attempts.end(right, Outcome.RIGHT)

        assert Standing.NEW is attempts.begin(_attempt(source=None)).standing

    def test_about_nobody(self, attempts: Attempts) -> None:
        """
        Attempts without a subject are limited by their source.
        """
        admitted = _count_admitted(attempts, 9, subject=None, door=Door.LINK)

        assert 5 == admitted

    def test_neither(self, attempts: Attempts) -> None:
        """
        What names nothing cannot be counted.
        """
        for _ in range(20):
            assert not _is_refused(attempts, subject=None, source=None, door=Door.LINK)

    def test_a_door_without_limits(self, attempts: Attempts) -> None:
        """
        It is open to all.
        """
        for _ in range(20):
            assert not _is_refused(attempts, door=Door.FORGOTTEN_PASSWORD)

    @pytest.mark.parametrize(
        "one, other",
        [
            pytest.param("2001:db8::1", "2001:0DB8:0:0:9::5", id="one network"),
            pytest.param("192.0.2.7", "::ffff:192.0.2.7", id="mapped"),
        ],
    )
    def test_one_source_in_two_spellings(
        self, attempts: Attempts, one: str, other: str
    ) -> None:
        """
        A network of 64 bits gives no endless supply of sources.
        """
        assert 3 == _count_admitted(attempts, 9, source=one)
        assert _is_refused(attempts, source=other)

    # Standing

    def test_standing(self, attempts: Attempts) -> None:
        """
        More than a quarter of a limit makes a suspect; to sign in makes known.
        """
        first = attempts.begin(_attempt())
        second = attempts.begin(_attempt())
        attempts.end(second, Outcome.RIGHT)
        third = attempts.begin(_attempt())

        assert [Standing.NEW, Standing.SUSPECT, Standing.KNOWN] == [
            each.standing for each in (first, second, third)
        ]

    def test_a_known_source_is_forgotten(
        self, attempts: Attempts, elapse: Elapse
    ) -> None:
        """
        It was known for a month after the last sign-in from there.
        """
        attempts.end(attempts.begin(_attempt()), Outcome.RIGHT)
        elapse(KNOWN_FOR - _HOUR)
        again = attempts.begin(_attempt())
        attempts.end(again, Outcome.RIGHT)
        elapse(KNOWN_FOR - _HOUR)
        still = attempts.begin(_attempt())
        elapse(2 * _HOUR)

        assert Standing.KNOWN is again.standing
        assert Standing.KNOWN is still.standing
        assert Standing.NEW is attempts.begin(_attempt()).standing

    # At one time

    @needs_threads
    def test_many_at_one_time(self, attempts: Attempts) -> None:
        """
        However many come at one time, no more are admitted than may fail.
        """
        refused = in_threads(lambda _: _is_refused(attempts))

        assert 3 == refused.count(False)

    @needs_threads
    def test_many_about_many_at_one_time(self, attempts: Attempts) -> None:
        """
        Nor from one source about many.
        """
        refused = in_threads(
            lambda number: _is_refused(attempts, subject=f"user{number}@elders.be")
        )

        assert 5 == refused.count(False)

    @needs_threads
    def test_all_ends_at_one_time(self, attempts: Attempts) -> None:
        """
        Owners who sign in at one time leave nothing counted.
        """

        def sign_in(number: int) -> None:
            attempt = _attempt(
                subject=f"user{number}@elders.be", source=f"192.0.2.{number % 2}"
            )
            attempts.end(attempts.begin(attempt), Outcome.RIGHT)

        in_threads(sign_in)

        assert 5 == sum(
            not _is_refused(
                attempts, subject=f"new{number}@elders.be", source="192.0.2.1"
            )
            for number in range(9)
        )


def _attempt(
    *,
    subject: str | None = "ada@elders.be",
    source: str | None = "192.0.2.7",
    door: Door = Door.PASSWORD,
) -> Attempt:
    return Attempt(door=door, subject=subject, source=source)


def _fail(attempts: Attempts, times: int) -> None:
    for _ in range(times):
        attempts.end(attempts.begin(_attempt()), Outcome.WRONG)


def _is_refused(
    attempts: Attempts,
    *,
    subject: str | None = "ada@elders.be",
    source: str | None = "192.0.2.7",
    door: Door = Door.PASSWORD,
) -> bool:
    """
    Let an attempt fail, and tell whether it was even refused.
    """
    attempt = _attempt(subject=subject, source=source, door=door)
    try:
        admitted: Admitted = attempts.begin(attempt)
    except TooManyAttempts:
        return True
    attempts.end(admitted, Outcome.WRONG)
    return False


def _count_admitted(
    attempts: Attempts,
    times: int,
    *,
    subject: str | None = "ada@elders.be",
    source: str | None = "192.0.2.7",
    door: Door = Door.PASSWORD,
) -> int:
    return sum(
        not _is_refused(attempts, subject=subject, source=source, door=door)
        for _ in range(times)
    )
