"""
Those who manage a user end the limits on that login.  [S20, S54]
"""

from datetime import timedelta

import attrs
import pytest

from office import Office
from people import ADA, GRACE, JOAN, PASSWORD
from winbooks_identity.adapters.memory import InMemoryAttempts
from winbooks_identity.attempts import Door
from winbooks_identity.authorization import Distributor
from winbooks_identity.observing import Observation
from winbooks_identity.passwords import Password
from winbooks_identity.portal import Portal
from winbooks_identity.refusals import (
    NotAuthorised,
    SignInRefused,
    TooManyAttempts,
    UnknownUser,
)


BY = Distributor("WB-1")
WRONG = Password("Wrong-Horse-1")


@pytest.fixture
def portal() -> Portal:
    """
    Return an office that limits attempts.
    """
    office = Office()
    office.add(ADA, GRACE, JOAN)
    return attrs.evolve(office.portal, attempts=InMemoryAttempts())


def lock_out(portal: Portal, source: str | None) -> None:
    """
    Guess until the login of Joan is closed to that source.
    """
    for _ in range(10):
        with pytest.raises(SignInRefused):
            portal.sign_in.verify(JOAN.winbooks_id, WRONG, source=source)
    with pytest.raises(TooManyAttempts):
        portal.sign_in.verify(JOAN.winbooks_id, PASSWORD, source=source)


@attrs.frozen
class _Listener:
    """
    Keeps what it hears.
    """

    heard: list[Observation]

    def observe(self, observation: Observation) -> None:
        """
        Keep *observation*.
        """
        self.heard.append(observation)


class TestLift:
    """
    The right password works again; the log stays.
    """

    @pytest.mark.parametrize("source", [None, "192.0.2.7", "2001:db8::7"])
    def test_they_get_in_again(self, portal: Portal, source: str | None) -> None:
        """
        From wherever they tried.
        """
        lock_out(portal, source)

        assert 10 == portal.lock_outs.lift(JOAN, by=BY)

        verified = portal.sign_in.verify(JOAN.winbooks_id, PASSWORD, source=source)
        assert JOAN.id == verified.user.id
        assert 10 == len(portal.administration.failed_attempts(JOAN, by=BY))

    def test_a_forgotten_password(self, portal: Portal) -> None:
        """
        Links can be asked for again.
        """
        for _ in range(5):
            portal.own_login.send_password_link(JOAN.winbooks_id)
        with pytest.raises(TooManyAttempts):
            portal.own_login.send_password_link(JOAN.winbooks_id)

        portal.lock_outs.lift(JOAN, by=BY)

        portal.own_login.send_password_link(JOAN.winbooks_id)

    def test_others_stay_locked_out(self, portal: Portal) -> None:
        """
        It is about one login.
        """
        lock_out(portal, "192.0.2.7")

        portal.lock_outs.lift(GRACE, by=BY)

        with pytest.raises(TooManyAttempts):
            portal.sign_in.verify(JOAN.winbooks_id, PASSWORD, source="192.0.2.7")

    def test_without_limits(self, portal: Portal) -> None:
        """
        There is nothing to lift.
        """
        assert 0 == attrs.evolve(portal, attempts=None).lock_outs.lift(JOAN, by=BY)


class TestCurrent:
    """
    Those who manage a user see which doors are closed, and for how long.  [S2, S20]
    """

    def test_from_where(self, portal: Portal) -> None:
        """
        A look counts as no attempt, however often it is taken.
        """
        lock_out(portal, "192.0.2.7")

        looks = [portal.lock_outs.current(JOAN, by=BY) for _ in range(20)]

        (closed,) = looks[-1]
        assert (Door.PASSWORD, "192.0.2.7") == (closed.door, closed.source)
        assert timedelta(0) < closed.ends_in <= timedelta(minutes=15)
        portal.sign_in.verify(JOAN.winbooks_id, PASSWORD, source="192.0.2.8")

    def test_observers_hear_of_no_attempt(self, portal: Portal) -> None:
        """
        A look and an end of limits are none.
        """
        heard: list[Observation] = []
        observed = attrs.evolve(portal, observers=[_Listener(heard)])
        lock_out(observed, None)
        heard.clear()

        assert observed.lock_outs.current(JOAN, by=BY)
        assert observed.lock_outs.lift(JOAN, by=BY)
        assert [] == [each for each in heard if each.what == "attempt.limited"]

    def test_after_they_were_lifted(self, portal: Portal) -> None:
        """
        None is.
        """
        lock_out(portal, None)
        portal.lock_outs.lift(JOAN, by=BY)

        assert [] == portal.lock_outs.current(JOAN, by=BY)
        assert [] == attrs.evolve(portal, attempts=None).lock_outs.current(JOAN, by=BY)

    def test_who_does_not_manage_them(self, portal: Portal) -> None:
        """
        They see nothing, and people see their own.
        """
        assert [] == portal.lock_outs.current(JOAN, by=JOAN)
        with pytest.raises(UnknownUser):
            portal.lock_outs.current(ADA, by=GRACE)


class TestRefusals:
    """
    Who does not manage them does not.
    """

    def test_not_their_own(self, portal: Portal) -> None:
        """
        Not even an Administrator.
        """
        with pytest.raises(NotAuthorised):
            portal.lock_outs.lift(ADA, by=ADA)

    def test_whom_they_do_not_manage(self, portal: Portal) -> None:
        """
        A Power User no colleague, and no one of another licence.  [R28, R29]
        """
        with pytest.raises(UnknownUser):
            portal.lock_outs.lift(ADA, by=GRACE)
        with pytest.raises(UnknownUser):
            portal.lock_outs.lift(ADA, by=Distributor("WB-2"))
