"""
A session ends when it should, and at nothing else.
"""

from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import attrs
import pytest

from login_portal import (
    ADDRESS,
    CHOSEN,
    NEWER,
    new_portal,
    settled_user,
)
from office import Office
from people import ADA, GRACE, LICENCE, NOW, PASSWORD
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.authorization import Distributor
from winbooks_identity.events import Event
from winbooks_identity.level import Level
from winbooks_identity.life_cycle import Step
from winbooks_identity.passwords import Password
from winbooks_identity.portal_user import PortalUser, Status
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.retention import Retention
from winbooks_identity.services import sessions
from winbooks_identity.services.sessions import SessionService, credential_stamp
from winbooks_identity.services.sign_in import SignInService
from winbooks_identity.testing import samples
from winbooks_identity.testing.doubles import FrozenClock
from winbooks_identity.winbooks_id import WinBooksId


DISTRIBUTOR = Distributor(LICENCE.number)


#: Where every history begins.
CREATED = Event.of(Step.CREATE, None, GRACE, by=DISTRIBUTOR, at=NOW)


def after(user: PortalUser, step: Step, **changes: object) -> tuple[PortalUser, Event]:
    """
    Return *user* after a step, with its event.
    """
    saved = attrs.evolve(user, version=user.version + 1, **changes)  # type: ignore[arg-type]
    return saved, Event.of(step, user, saved, by=DISTRIBUTOR, at=NOW)


class TestStamp:
    """
    Password, ID, level and status change it, and nothing else does.  [S70]
    """

    @pytest.mark.parametrize("step", Step)
    def test_a_step_that_changes_nothing_else(self, step: Step) -> None:
        """
        A password is in no event, so the step itself tells.
        """
        saved, event = after(GRACE, step)
        before = credential_stamp(GRACE, [CREATED])
        changed = credential_stamp(saved, [CREATED, event]) != before

        is_password = step.value.endswith("_password")
        assert (is_password or step is Step.MOVE_TO_ON_WEB) is changed

    @pytest.mark.parametrize(
        "field, value, ends",
        [
            ("winbooks_id", WinBooksId("new@example.org"), True),
            ("level", Level.USER, True),
            ("status", Status.INACTIVE, True),
            ("dossiers", frozenset[str](), False),
            ("roles", frozenset[object](), False),
            ("notify_all_dossiers", False, False),
            ("address_proven", True, False),
            ("deactivated_by_feed", True, False),
            ("external_id", "7", False),
            ("phone", None, False),
        ],
    )
    def test_a_field(self, field: str, value: object, *, ends: bool) -> None:
        """
        No matter who changes it: a feed does, too.
        """
        saved, event = after(GRACE, Step.RECTIFY, **{field: value})

        before = credential_stamp(GRACE, [CREATED])
        assert ends is (credential_stamp(saved, [CREATED, event]) != before)

    def test_it_never_comes_back(self) -> None:
        """
        Who was deactivated meanwhile signs in anew.
        """
        away, first = after(GRACE, Step.DEACTIVATE, status=Status.INACTIVE)
        back, second = after(away, Step.ACTIVATE, status=Status.ACTIVE)

        stamps = [
            credential_stamp(GRACE, []),
            credential_stamp(away, [first]),
            credential_stamp(back, [first, second]),
        ]
        assert 3 == len({*stamps})

    def test_what_came_after_the_sign_in_is_left_out(self) -> None:
        """
        A password that changed between check and session ends the session.
        """
        _, event = after(GRACE, Step.RESET_PASSWORD)

        assert credential_stamp(GRACE, []) == credential_stamp(GRACE, [event])


@pytest.fixture
def office() -> Office:
    """
    Return an office with an Administrator and one of the staff.
    """
    found = Office()
    found.add(ADA, GRACE)
    return found


class TestSessions:
    """
    A product keeps one text and asks with it.  [S70]
    """

    def test_it_goes_on(self, office: Office) -> None:
        """
        The user comes back as they are now.
        """
        sessions = SessionService(office.storage)
        stamp = sessions.begin(GRACE)

        office.portal.administration.revoke_dossiers(GRACE, {"1001"}, by=DISTRIBUTOR)

        found = sessions.resume(stamp)
        assert found is not None
        assert frozenset() == found.dossiers

    @pytest.mark.parametrize(
        "step",
        [
            lambda office: office.portal.administration.deactivate(
                GRACE, by=DISTRIBUTOR
            ),
            lambda office: office.portal.administration.change_level(
                GRACE, Level.ADMINISTRATOR, by=DISTRIBUTOR
            ),
            lambda office: office.portal.own_login.change_password(
                GRACE.winbooks_id, PASSWORD, Password("Another-Horse-2")
            ),
        ],
    )
    def test_it_ends(self, office: Office, step: Callable[[Office], object]) -> None:
        """
        Also one that began before, with the user as they were.
        """
        sessions = SessionService(office.storage)
        stamp = sessions.begin(GRACE)

        step(office)

        assert sessions.resume(stamp) is None
        # A check of the password that was overtaken begins no session.
        assert sessions.resume(sessions.begin(GRACE)) is None

    def test_the_same_password_hashed_anew_ends_nothing(self, office: Office) -> None:
        """
        A change of the hasher's profile signs nobody out.
        """
        sessions = SessionService(office.storage)
        stamp = sessions.begin(GRACE)
        profile = attrs.evolve(CHEAPEST, passes=CHEAPEST.passes + 1)
        sign_in = SignInService(office.storage, hasher=Argon2Hasher(profile))

        before = office.credential(GRACE)
        sign_in.verify(GRACE.winbooks_id, PASSWORD)

        assert before != office.credential(GRACE)
        assert sessions.resume(stamp) is not None

    @pytest.mark.parametrize("stamp", ["", "nonsense", f"{UUID(int=99)}:0"])
    def test_a_stamp_of_nobody(self, office: Office, stamp: str) -> None:
        """
        It opens nothing.
        """
        assert SessionService(office.storage).resume(stamp) is None

    def test_a_portal_has_it(self, office: Office) -> None:
        """
        The one wiring builds it like every other service.
        """
        assert isinstance(office.portal.sessions, SessionService)


def test_no_step_that_ends_a_session_is_passed_over() -> None:
    """
    Those that are not looked at change nothing that ends one.  [S70]
    """
    assert {Step.GRANT_ROLES, Step.LINK_PRODUCT} <= frozenset(Step) - sessions._CAN_END
    assert sessions._PASSWORD_STEPS <= sessions._CAN_END
    assert {Step.RECTIFY, Step.CHANGE_ID, Step.CONFIRM_ID} <= sessions._CAN_END


def test_a_long_history_is_not_read() -> None:
    """
    Neither at the sign-in nor at a request.  [S70]
    """
    office = Office()
    office.add(ADA)
    user = ADA
    for ticked in (True, False) * 5:
        user = office.portal.administration.notify(
            user, all_dossiers=not ticked, by=DISTRIBUTOR
        )
    waiting = attrs.evolve(user, version=user.version + 1)
    change = Event.of(Step.CHANGE_ID, user, waiting, by=DISTRIBUTOR, at=NOW)

    def work(unit: UnitOfWork) -> None:
        unit.users.save(user)
        unit.history.add(change)

    office.run(work)

    assert office.portal.sessions.begin(waiting) == f"{ADA.id}:1"
    found = office.portal.sessions.find(ADA.id)
    assert found is not None
    assert f"{ADA.id}:1" == found.stamp


def test_what_ended_stays_ended_when_its_step_is_forgotten() -> None:
    """
    Housekeeping takes the steps that ended a session; no earlier stamp comes back.
    """
    clock = FrozenClock(datetime(2026, 1, 1, tzinfo=UTC))
    week = timedelta(days=7)
    portal = attrs.evolve(
        new_portal(), clock=clock, retention=Retention(history=week, requests=week)
    )
    settled_user(portal)
    owner, by = WinBooksId(ADDRESS), Distributor(samples.licence().number)

    def forget_everything(*, notified: bool) -> None:
        clock.advance(timedelta(days=8))
        user = portal.provisioning.find(owner, by=by)
        portal.administration.notify(user, all_dossiers=notified, by=by)
        deque(portal.housekeeping.run(), 0)

    forget_everything(notified=True)
    stamp = portal.sessions.begin(portal.provisioning.find(owner, by=by))
    assert portal.sessions.resume(stamp) is not None
    portal.own_login.change_password(owner, Password(CHOSEN), Password(NEWER))
    assert portal.sessions.resume(stamp) is None
    forget_everything(notified=False)

    assert portal.sessions.resume(stamp) is None
