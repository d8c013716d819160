"""
Observers hear of what happens, once it is kept, and of no secret and no address.
"""

import logging
import warnings
from uuid import UUID

import attrs
import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader, NumberDataPoint

from office import Office
from people import ADA, GRACE, LICENCE
from winbooks_identity.adapters.log_observer import LogObserver
from winbooks_identity.adapters.memory import (
    InMemoryAttempts,
    InMemoryMailer,
    InMemoryOutboxQueue,
    InMemoryStorage,
)
from winbooks_identity.adapters.opentelemetry_observer import OpenTelemetryObserver
from winbooks_identity.attempts import Attempt, Door
from winbooks_identity.authorization import Distributor
from winbooks_identity.errors import MailServerUnusable
from winbooks_identity.forms.new_user import NewEmployee
from winbooks_identity.level import Level
from winbooks_identity.names import PersonName
from winbooks_identity.observing import (
    Observation,
    ObservedAttempts,
    ObservedStorage,
    tell,
)
from winbooks_identity.passwords import Password
from winbooks_identity.portal import Portal
from winbooks_identity.ports import UnitOfWork
from winbooks_identity.refusals import (
    NotAuthorised,
    SignInRefused,
    TooManyAttempts,
)
from winbooks_identity.testing import samples
from winbooks_identity.testing.leaks import assert_never_leaks
from winbooks_identity.winbooks_id import WinBooksId


DISTRIBUTOR = Distributor("WB-1")
CANARY = "Canary-7f3a-Horse"


@attrs.frozen
class Listening:
    """
    Remembers what it hears.
    """

    heard: list[Observation] = attrs.field(factory=list[Observation])

    def observe(self, observation: Observation) -> None:
        """
        Remember *observation*.
        """
        self.heard.append(observation)

    @property
    def what(self) -> list[str]:
        """
        Return what happened, in order.
        """
        return [each.what for each in self.heard]


@pytest.fixture
def listening() -> Listening:
    """
    Return an observer.
    """
    return Listening()


@pytest.fixture
def portal(listening: Listening) -> Portal:
    """
    Return a portal with two people, that limits attempts, and is observed.
    """
    storage = InMemoryStorage()
    office = Office(storage=storage)
    office.attempts = InMemoryAttempts(clock=office.clock)
    office.add(ADA, GRACE)
    return attrs.evolve(
        office.portal,
        queue=InMemoryOutboxQueue(storage, clock=office.clock),
        observers=[listening],
    )


def new(address: str = "hedy@example.org", *, mailed: bool = True) -> NewEmployee:
    """
    Return the form of a new user with the canary for a password.
    """
    return NewEmployee(
        winbooks_id=WinBooksId(address),
        password=Password(CANARY),
        level=Level.POWER_USER,
        first_name=PersonName("Hedy"),
        last_name=PersonName("Lamarr-Kiesler"),
        company_name=LICENCE.holder,
        language=LICENCE.language,
        send_credentials=mailed,
    )


class TestUsers:
    """
    Every step that is kept is told, by whatever service.  [S81]
    """

    def test_a_creation(self, portal: Portal, listening: Listening) -> None:
        """
        Once, also where it is asked for twice.
        """
        request = UUID(int=7)

        created, _ = (
            portal.provisioning.create(new(), by=DISTRIBUTOR, request_id=request)
            for _ in range(2)
        )

        assert [
            Observation(
                what="user.create", user_id=created.user.id, licence=LICENCE.number
            )
        ] == listening.heard

    def test_what_was_refused(self, portal: Portal, listening: Listening) -> None:
        """
        Nothing happened.
        """
        with pytest.raises(NotAuthorised):
            portal.administration.deactivate(ADA, by=GRACE)

        assert [] == listening.heard

    def test_what_was_tried_out(self, portal: Portal, listening: Listening) -> None:
        """
        Nothing is kept, so nothing is told.
        """
        portal.rehearse(
            lambda inner: inner.administration.deactivate(GRACE, by=DISTRIBUTOR)
        )

        assert [] == listening.heard

    def test_steps_together(self, portal: Portal, listening: Listening) -> None:
        """
        They are told once all of them are kept.
        """
        heard: list[int] = []

        def work(inner: Portal) -> None:
            away = inner.administration.deactivate(GRACE, by=DISTRIBUTOR)
            inner.administration.activate(away, by=DISTRIBUTOR)
            heard.append(len(listening.heard))

        portal.together(work)

        assert [0] == heard
        assert ["user.deactivate", "user.activate"] == listening.what

    def test_every_service(self, portal: Portal) -> None:
        """
        None goes past the observers, but for the one that keeps the house.
        """
        names = [
            *("provisioning", "licences", "administration", "logins", "own_login"),
            *("link_requests", "sign_in", "sessions", "lock_outs", "linking"),
            *("synchronisation", "offices", "moves"),
        ]

        for name in names:
            assert isinstance(getattr(portal, name)._storage, ObservedStorage), name

    def test_many_at_once(self, portal: Portal, listening: Listening) -> None:
        """
        Those of one unit of work, and only those of its last run.
        """

        def work(unit: UnitOfWork) -> int:
            unit.history.add_all([samples.event("1"), samples.event("2")])
            unit.failed_attempts.forget(samples.NOW)
            return len(unit.history.of_user(samples.identifier("1")))

        assert 1 == portal._storage.run(work)
        assert ["user.create"] * 2 == listening.what


class TestSignIns:
    """
    Sign-ins, and attempts that were not their owners'.  [S81]
    """

    def test_a_sign_in(self, portal: Portal, listening: Listening) -> None:
        """
        By the internal key.
        """
        portal.sign_in.verify(ADA.winbooks_id, Password("Correct-Horse-1"))

        assert [("sign_in", ADA.id)] == [
            (each.what, each.user_id) for each in listening.heard
        ]

    def test_attempts(self, portal: Portal, listening: Listening) -> None:
        """
        Those that failed, then the limit; the IP address is not told.
        """
        while "attempt.limited" not in listening.what:
            with pytest.raises((SignInRefused, TooManyAttempts)):
                portal.sign_in.verify(
                    ADA.winbooks_id, Password(CANARY), source="192.0.2.7"
                )

        first, last = listening.heard[0], listening.heard[-1]
        assert (
            Observation(what="attempt.failed", user_id=ADA.id, door=Door.PASSWORD.value)
            == first
        )
        assert Observation(what="attempt.limited", door="password") == last
        assert "192.0.2" not in repr(listening.heard)

    def test_limits_that_are_lifted(self, portal: Portal, listening: Listening) -> None:
        """
        They are lifted as without observers.
        """
        for _ in range(4):
            with pytest.raises(SignInRefused):
                portal.sign_in.verify(ADA.winbooks_id, Password(CANARY))

        portal.lock_outs.lift(ADA, by=DISTRIBUTOR)

        portal.sign_in.verify(ADA.winbooks_id, Password("Correct-Horse-1"))
        assert "sign_in" == listening.what[-1]
        assert "attempt.limited" not in listening.what


class TestDeliveries:
    """
    What a relay tried.  [S81]
    """

    def test_a_mail(self, portal: Portal, listening: Listening) -> None:
        """
        By its Message-ID, with the code of the reason.
        """
        mailer = InMemoryMailer()
        mailer.failure = MailServerUnusable()
        portal.provisioning.create(new(), by=DISTRIBUTOR)

        portal.relay(mailer).deliver()

        mail = listening.heard[-1]
        assert ("mail.postponed", "unavailable.mail_server") == (mail.what, mail.reason)
        assert mail.mail is not None
        assert mail.mail.startswith("<")


class TestObserver:
    """
    An observer cannot undo what happened.
    """

    class Failing:
        """
        Fails whenever it hears something.
        """

        def observe(self, observation: Observation) -> None:
            """
            Fail.
            """
            raise LookupError(observation.what)

    def test_it_fails(self, listening: Listening) -> None:
        """
        It is a warning, and the others hear it.
        """
        with pytest.warns(RuntimeWarning, match="Failing raised LookupError"):
            tell([self.Failing(), listening], Observation(what="sign_in"))

        assert ["sign_in"] == listening.what

    def test_where_warnings_are_errors(self) -> None:
        """
        The caller goes on all the same.
        """
        with warnings.catch_warnings():
            warnings.simplefilter("error")

            tell([self.Failing()], Observation(what="sign_in"))

    def test_no_observer(self, portal: Portal) -> None:
        """
        Then nothing stands between the services and the storage.
        """
        plain = attrs.evolve(portal, observers=())

        assert plain.storage is plain._storage
        assert plain.attempts is plain._attempts


class TestShipped:
    """
    The log and OpenTelemetry hear it, and nothing that is personal.  [S81]
    """

    @pytest.mark.parametrize("secret", [CANARY, "hedy@example.org", "Lamarr-Kiesler"])
    def test_no_secret_and_no_address(self, portal: Portal, secret: str) -> None:
        """
        Through a creation, a sign-in, attempts and deliveries.
        """
        reader = InMemoryMetricReader()
        meter = MeterProvider([reader]).get_meter("tests")
        observed = attrs.evolve(
            portal, observers=[LogObserver(), OpenTelemetryObserver(meter)]
        )

        with assert_never_leaks(secret) as watch:
            hedy = observed.provisioning.create(new(), by=DISTRIBUTOR).user
            with pytest.raises(SignInRefused):
                observed.sign_in.verify(hedy.winbooks_id, Password("Wrong-Horse-12"))
            observed.relay(InMemoryMailer()).deliver()
            watch.look_at("metrics", reader.get_metrics_data())

    def test_the_log(self, caplog: pytest.LogCaptureFixture) -> None:
        """
        A line for people, fields for machines, and a level that says what to look at.
        """
        caplog.set_level(logging.INFO)
        observer = LogObserver()

        observer.observe(Observation(what="user.create", licence="WB-1"))
        observer.observe(Observation(what="mail.buried", reason="mail.expired"))

        assert [
            ("winbooks_identity", logging.INFO, "user.create licence=WB-1"),
            ("winbooks_identity", logging.WARNING, "mail.buried reason=mail.expired"),
        ] == caplog.record_tuples
        assert {"reason": "mail.expired"} == vars(caplog.records[1])["fields"]

    def test_the_metric(self) -> None:
        """
        Counted by what it is, not by whom it is about.
        """
        reader = InMemoryMetricReader()
        observer = OpenTelemetryObserver(MeterProvider([reader]).get_meter("tests"))

        for user in (UUID(int=1), UUID(int=2)):
            observer.observe(
                Observation(what="attempt.failed", user_id=user, door="password")
            )

        data = reader.get_metrics_data()
        assert data is not None
        [metric] = data.resource_metrics[0].scope_metrics[0].metrics
        [point] = metric.data.data_points
        assert "winbooks_identity.occurrences" == metric.name
        assert {"what": "attempt.failed", "door": "password"} == dict(
            point.attributes or {}
        )
        assert isinstance(point, NumberDataPoint)
        assert 2 == point.value


def test_attempts_that_are_looked_at_and_forgiven() -> None:
    """
    They are passed on, and observers hear of none.
    """
    listener = Listening()
    attempts = ObservedAttempts(InMemoryAttempts(), [listener])
    attempt = Attempt(door=Door.PASSWORD, subject="ada", source=None)
    attempts.begin(attempt)

    attempts.forgive([attempt])

    assert [None] == attempts.look([attempt])
    assert [] == listener.heard
