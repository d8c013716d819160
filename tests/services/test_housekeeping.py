"""
What was kept for long enough goes, in small steps, and personal data goes first.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import attrs
import pytest

from office import Office
from people import NOW
from winbooks_identity.attempts import KEPT_FOR
from winbooks_identity.life_cycle import Step
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.retention import Kept, Retention
from winbooks_identity.services.housekeeping import Removed
from winbooks_identity.services.link_mail import bound_to_password
from winbooks_identity.services.sessions import credential_stamp
from winbooks_identity.testing import samples
from winbooks_identity.winbooks_id import WinBooksId


DAY = timedelta(days=1)


def ago(days: int) -> datetime:
    """
    Return the present of the office, *days* ago.
    """
    return NOW - days * DAY


def filled(office: Office) -> None:
    """
    Put two of each kind into *office*: one old, one young.
    """

    def work(unit: UnitOfWork) -> None:
        unit.licences.register(samples.licence(), [])
        unit.users.add(samples.user())
        for name, days in (("old", 91), ("young", 89)):
            unit.failed_attempts.add(samples.failed_attempt(name, at=ago(days)))
            unit.requests.remember(samples.request(name, of=name))
            unit.history.add(attrs.evolve(samples.event(name), at=ago(days)))
            unit.outbox.put(samples.mail(name))
        unit.left_ids.put(
            WinBooksId("left@b.be"), of=samples.identifier("old"), at=ago(91)
        )

    office.run(work)


class TestRetention:
    """
    Each time has its reason, and a product sets its own.  [S80]
    """

    def test_defaults(self) -> None:
        """
        Three months for what serves a question, seven years for who had access.
        """
        retention = Retention()

        assert [90, 90, 90, 2562] == [retention.of(kept).days for kept in Kept]
        assert KEPT_FOR == retention.failed_attempts
        assert ago(90) == retention.before(Kept.MAILS, NOW)

    def test_personal_data_goes_first(self) -> None:
        """
        The order is that of the kinds.
        """
        assert [
            Kept.FAILED_ATTEMPTS,
            Kept.MAILS,
            Kept.REQUESTS,
            Kept.HISTORY,
        ] == [*Kept]

    @pytest.mark.parametrize("kept", Kept)
    def test_less_than_a_day(self, kept: Kept) -> None:
        """
        It would take away what is still looked for.
        """
        with pytest.raises(ValueError, match=kept.value):
            Retention(**{kept.value: DAY / 2})

    def test_requests_need_the_history(self) -> None:
        """
        It tells how old they are.
        """
        with pytest.raises(ValueError, match="requests"):
            Retention(requests=11 * DAY, history=10 * DAY)

    def test_for_ever(self) -> None:
        """
        A time beyond the calendar keeps everything.
        """
        retention = Retention(history=timedelta.max)

        assert datetime.min.replace(tzinfo=UTC) == retention.before(Kept.HISTORY, NOW)


class TestHousekeeping:
    """
    The service counts, and removes, what is due.  [S80]
    """

    def test_what_is_due(self) -> None:
        """
        To look changes nothing.
        """
        office = Office()
        filled(office)
        service = office.portal.housekeeping

        assert {
            Kept.FAILED_ATTEMPTS: 1,
            Kept.MAILS: 0,
            Kept.REQUESTS: 1,
            Kept.HISTORY: 0,
        } == service.due()
        assert service.due() == service.due()

    def test_it_goes(self) -> None:
        """
        And what is young stays, at the times that the product chose.
        """
        office = Office()
        filled(office)
        portal = attrs.evolve(
            office.portal, retention=Retention(requests=DAY, history=90 * DAY)
        )

        removed = list(portal.housekeeping.run())

        assert [
            Removed(Kept.FAILED_ATTEMPTS, 1),
            Removed(Kept.REQUESTS, 2),
            Removed(Kept.HISTORY, 1),
        ] == removed
        assert [] == list(portal.housekeeping.run())
        free = {WinBooksId("left@b.be")}
        assert {} == office.run(
            lambda unit: unit.left_ids.held(free, left_before=ago(10_000))
        )

    def test_small_steps(self) -> None:
        """
        None removes more rows than asked, and what is not asked for is not done.
        """
        office = Office()

        def work(unit: UnitOfWork) -> None:
            for number in range(5):
                failed = samples.failed_attempt(str(number), at=ago(91))
                unit.failed_attempts.add(failed)

        office.run(work)
        service = office.portal.housekeeping

        first = next(service.run(batch=2))

        assert Removed(Kept.FAILED_ATTEMPTS, 2) == first
        assert 3 == service.due()[Kept.FAILED_ATTEMPTS]
        assert [2, 1] == [each.number for each in service.run(batch=2)]


class TestWhatGoesNeverComesBack:
    """
    Old events take no session and no link back into life.
    """

    @staticmethod
    def stored(*events: tuple[int, Step]) -> Callable[[UnitOfWork], None]:
        """
        Return what stores events of Ada, by version and step.
        """

        def work(unit: UnitOfWork) -> None:
            for version, step in events:
                event = samples.event(version=version)
                unit.history.add(attrs.evolve(event, step=step, changes=()))

        return work

    def test_a_stamp_only_grows(self) -> None:
        """
        A session that began when all was there ends with the last event that began it.
        """
        ada = samples.user(version=4)
        password, notify = Step.CHANGE_PASSWORD, Step.NOTIFY
        events = [
            attrs.evolve(samples.event(version=version), step=step, changes=())
            for version, step in (
                (1, notify),
                (2, password),
                (3, notify),
                (4, notify),
            )
        ]

        stamps = [credential_stamp(ada, events[start:]) for start in range(4)]

        versions = [int(stamp.partition(":")[2]) for stamp in stamps]
        assert [2, 2, 3, 4] == versions

    def test_a_link_is_bound_to_the_last_deactivation(self) -> None:
        """
        Not to how many there are: one could go, and another come.  [S6]
        """
        bounds: list[str] = []
        for steps in (
            ((2, Step.DEACTIVATE),),
            ((2, Step.DEACTIVATE), (4, Step.DEACTIVATE)),
            ((4, Step.DEACTIVATE),),
        ):
            office = Office()
            office.run(self.stored(*steps))
            bounds.append(
                office.run(lambda unit: bound_to_password(unit, samples.user()))
            )

        assert bounds[0] != bounds[1] == bounds[2]
