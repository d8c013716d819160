"""
A licence is synchronised: look first, then change.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import partial
from itertools import product
from typing import TypeVar
from uuid import UUID

import attrs
import pytest

from winbooks_identity import system
from winbooks_identity.adapters.aesgcm import AesGcmSealer
from winbooks_identity.adapters.letters import StandardLetters
from winbooks_identity.adapters.memory import InMemoryStorage
from winbooks_identity.authorization import (
    Actor,
    Distributor,
    OnlyDistributor,
    WinBooksAdministration,
)
from winbooks_identity.errors import LicenceManagementUnavailable, StorageBusy
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence, Product
from winbooks_identity.life_cycle import LastAdministrator
from winbooks_identity.mail.outbox import MailKind, MailState, OutboxEntry
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.portal_user import (
    CredentialSource,
    IdChange,
    PortalUser,
    Status,
)
from winbooks_identity.ports import Storage, UnitOfWork
from winbooks_identity.refusals import (
    HeldBack,
    NotAuthorised,
    NotSynchronised,
    PlanOutOfDate,
    SavedMeanwhile,
    SavedSincePlanned,
    Taken,
    UnknownLicence,
)
from winbooks_identity.services.administration import AdministrationService
from winbooks_identity.synchronisation import (
    ChangeOutcome,
    Complete,
    DesiredUser,
    Limits,
    Options,
    Plan,
    Reason,
    Result,
    Snapshot,
    SyncedFields,
    SynchronisationService,
    Update,
)
from winbooks_identity.synchronisation.remarks import (
    EmptySnapshot,
    InAnotherLicence,
    OnlyOnWeb,
    OtherLicence,
    PlanQuarantined,
    Untold,
)
from winbooks_identity.testing import samples
from winbooks_identity.winbooks_id import WinBooksId


T = TypeVar("T")

LICENCE = Licence(
    number="WB-1",
    product=Product.ON_WEB,
    holder=CompanyName("Fiduciaire Peeters"),
    language=Language.DUTCH,
)
CLASSIC = attrs.evolve(LICENCE, number="WB-2", product=Product.CLASSIC)
OTHER = attrs.evolve(LICENCE, number="WB-3")
BY = Distributor("WB-1")

ADA = PortalUser(
    id=UUID(int=1),
    winbooks_id=WinBooksId("ada@example.org"),
    licence="WB-1",
    level=Level.ADMINISTRATOR,
    status=Status.ACTIVE,
    credential_source=CredentialSource.ON_WEB,
    first_name=PersonName("Ada"),
    last_name=PersonName("Lovelace"),
    company_name=CompanyName("Fiduciaire Peeters"),
    language=Language.DUTCH,
    phone=None,
    dossiers=frozenset(),
    roles=frozenset(),
    notify_all_dossiers=False,
    external_id="E-ada",
)
GRACE = attrs.evolve(
    ADA,
    id=UUID(int=2),
    winbooks_id=WinBooksId("grace@example.org"),
    first_name=PersonName("Grace"),
    last_name=PersonName("Hopper"),
    level=Level.POWER_USER,
    external_id="E-grace",
)
EDSGER = attrs.evolve(
    GRACE,
    id=UUID(int=3),
    winbooks_id=WinBooksId("edsger@example.org"),
    external_id="E-edsger",
)

EVERYTHING = Options(
    deactivate=True, limits=Limits(floor=100, percentage=100, count=100)
)


@attrs.frozen
class Fixed:
    """
    Licence management that always says the same.
    """

    said: Snapshot

    def snapshot(self, licence: Licence) -> Snapshot:
        """
        Return what it always says.
        """
        del licence
        return self.said


class Down:
    """
    Licence management that does not answer.
    """

    def snapshot(self, licence: Licence) -> Snapshot:
        """
        Raise, as a time-out does.
        """
        raise LicenceManagementUnavailable from TimeoutError(licence.number)


@attrs.define
class Failing:
    """
    A storage that gives up after some units of work.
    """

    storage: Storage
    works: int

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Run *work* unless the storage has given up.
        """
        if self.works == 0:
            raise StorageBusy
        self.works -= 1
        return self.storage.run(work)

    read = run


def filled(*users: PortalUser) -> InMemoryStorage:
    """
    Return a storage with three licences and *users*.
    """
    storage = InMemoryStorage()

    def fill(unit: UnitOfWork) -> None:
        for licence in (LICENCE, CLASSIC, OTHER):
            unit.licences.register(licence, [])
        assert [] == unit.users.add_all(users)

    storage.run(fill)
    return storage


def record(user: PortalUser) -> DesiredUser:
    """
    Return the record that licence management has of *user*.
    """
    return DesiredUser(
        external_id=user.external_id or "",
        login=user.winbooks_id,
        first_name=user.first_name,
        last_name=user.last_name,
        is_active=user.is_active,
        is_licence_admin=user.level is Level.ADMINISTRATOR,
    )


def says(*users: PortalUser) -> Fixed:
    """
    Return licence management that has exactly *users*.
    """
    return Fixed(Complete(users=tuple(map(record, users)), count=len(users)))


def service(storage: Storage) -> SynchronisationService:
    """
    Return what synchronises, with letters.
    """
    return SynchronisationService(
        storage,
        letters=StandardLetters("portal@example.org", "https://portal.example.org/"),
        sealer=AesGcmSealer({"k": b"s" * 32}),
    )


def planned(
    storage: Storage, *users: PortalUser, options: Options = EVERYTHING
) -> Plan:
    """
    Return the plan that makes the licence have exactly *users*.
    """
    return SynchronisationService(storage).plan(says(*users), by=BY, options=options)


def applied(storage: Storage, plan: Plan) -> list[ChangeOutcome]:
    """
    Return what comes of *plan*, carried out to its end.
    """
    return list(service(storage).apply(plan, by=BY))


def results(outcomes: Iterable[ChangeOutcome]) -> dict[str | None, Result]:
    """
    Return what came of whose change, by external id.
    """
    return {each.change.after.external_id: each.result for each in outcomes}


def found(storage: Storage, address: str) -> PortalUser | None:
    """
    Return the user with that address.
    """
    return storage.run(lambda unit: unit.users.find_by_winbooks_id(WinBooksId(address)))


def save(storage: Storage, user: PortalUser) -> PortalUser:
    """
    Save *user* as someone else does in the meantime.
    """
    return storage.run(lambda unit: unit.users.save(user))


PASSWORDS = {MailKind.CREDENTIALS, MailKind.SET_PASSWORD}


def moved(user: PortalUser, address: str) -> PortalUser:
    """
    Return *user* with another address.
    """
    return attrs.evolve(user, winbooks_id=WinBooksId(address))


def post(storage: Storage, kind: MailKind, *, to: PortalUser) -> None:
    """
    Let a mail of that kind wait.
    """
    sample = samples.mail(f"{kind} to {to.id}", kind=kind)
    storage.run(lambda unit: unit.outbox.put(attrs.evolve(sample, user_id=to.id)))


def mails_to(unit: UnitOfWork, user: PortalUser) -> Iterable[OutboxEntry]:
    """
    Return the mails to *user*, in every state.
    """
    return unit.outbox.of_user(user.id)


class TestWhoMay:
    """
    Only the distributor synchronises, and in their own licence.  [R28, R64]
    """

    @pytest.mark.parametrize(
        "actor",
        [ADA, GRACE, WinBooksAdministration()],
        ids=["ada", "grace", "winbooks"],
    )
    def test_nobody_else_plans(self, actor: Actor) -> None:
        """
        Not even the licence's Administrator.
        """
        service = SynchronisationService(filled(ADA, GRACE))

        with pytest.raises(NotAuthorised) as caught:
            service.plan(says(ADA), by=actor)

        assert (OnlyDistributor(),) == caught.value.problems

    def test_nobody_else_applies(self) -> None:
        """
        It is refused at once, not at the first change.
        """
        service = SynchronisationService(filled(ADA))

        with pytest.raises(NotAuthorised):
            service.apply(Plan(licence="WB-1", changes=()), by=ADA)

    def test_a_plan_is_for_one_licence(self) -> None:
        """
        In another one it is refused.
        """
        service = SynchronisationService(filled())

        with pytest.raises(NotSynchronised) as caught:
            service.apply(Plan(licence="WB-3", changes=()), by=BY)

        assert (OtherLicence(),) == caught.value.problems


class TestWhichLicence:
    """
    On Web licences are synchronised; Classic ones are not.  [R34, R35]
    """

    def test_classic(self) -> None:
        """
        There is no source to read; its users are made by hand.
        """
        service = SynchronisationService(filled())

        with pytest.raises(NotSynchronised) as caught:
            service.plan(says(ADA), by=Distributor("WB-2"))

        assert (OnlyOnWeb(),) == caught.value.problems

    def test_unknown(self) -> None:
        """
        A licence is registered first.
        """
        service = SynchronisationService(filled())

        with pytest.raises(UnknownLicence):
            service.plan(says(ADA), by=Distributor("WB-9"))

    def test_source_down(self) -> None:
        """
        Without an answer there is no plan.  [Q17]
        """
        service = SynchronisationService(filled())

        with pytest.raises(LicenceManagementUnavailable):
            service.plan(Down(), by=BY)


class TestApply:
    """
    A plan is carried out change by change, and each has its outcome.

    [R65, R66, R67, R69]
    """

    def test_create(self) -> None:
        """
        The new user is in their licence, with on Web's credentials and none of ours.
        """
        storage = filled()

        outcomes = applied(storage, planned(storage, ADA))

        user = found(storage, "ada@example.org")
        assert {"E-ada": Result.DONE} == results(outcomes)
        assert user is not None
        assert attrs.evolve(ADA, id=user.id) == user
        assert None is storage.run(lambda unit: unit.credentials.find(user.id))

    def test_update_reactivate_and_deactivate(self) -> None:
        """
        All in one plan.
        """
        away = attrs.evolve(GRACE, status=Status.INACTIVE, deactivated_by_feed=True)
        storage = filled(ADA, away, EDSGER)
        king = attrs.evolve(ADA, last_name=PersonName("King"))

        outcomes = applied(storage, planned(storage, king, GRACE))

        assert dict.fromkeys(("E-ada", "E-grace", "E-edsger"), Result.DONE) == results(
            outcomes
        )
        assert attrs.evolve(king, version=2) == found(storage, "ada@example.org")
        assert attrs.evolve(GRACE, version=2) == found(storage, "grace@example.org")
        assert attrs.evolve(
            EDSGER, status=Status.INACTIVE, deactivated_by_feed=True, version=2
        ) == found(storage, "edsger@example.org")

    def test_end_customers_are_not_read(self) -> None:
        """
        They are as they were, to the last field.  [R68]
        """
        customer = attrs.evolve(
            GRACE, id=UUID(int=9), level=Level.USER, external_id=None
        )
        storage = filled(ADA, customer)

        applied(storage, planned(storage, ADA, EDSGER))

        assert customer == found(storage, "grace@example.org")

    @pytest.mark.parametrize("people", [2, 3])
    def test_addresses_go_round(self, people: int) -> None:
        """
        Two swap, three take turns; each keeps their own name.
        """
        before = (ADA, GRACE, EDSGER)[:people]
        storage = filled(*before)
        turned = [
            attrs.evolve(user, winbooks_id=following.winbooks_id)
            for user, following in zip(before, before[1:] + before[:1], strict=True)
        ]

        outcomes = applied(storage, planned(storage, *turned))

        assert {Result.DONE} == {outcome.result for outcome in outcomes}
        assert [user.id for user in turned] == [
            now.id
            for user in turned
            if (now := found(storage, user.winbooks_id.address))
        ]
        assert () == planned(storage, *turned).changes

    @pytest.mark.parametrize(
        "wanted,withdrawn",
        [
            (
                [moved(GRACE, "new@example.org"), EDSGER],
                {*MailKind} - {MailKind.CHANGED},
            ),
            (
                [
                    moved(GRACE, "edsger@example.org"),
                    moved(EDSGER, "grace@example.org"),
                ],
                {*MailKind} - {MailKind.CHANGED},
            ),
            ([attrs.evolve(GRACE, status=Status.INACTIVE), EDSGER], PASSWORDS),
            ([attrs.evolve(GRACE, first_name=PersonName("G.")), EDSGER], set()),
        ],
        ids=["address", "swap", "deactivated", "name"],
    )
    def test_mails_that_are_void(
        self, wanted: list[PortalUser], withdrawn: set[MailKind]
    ) -> None:
        """
        No link or password goes to an address that was left; a warning still does.
        """
        storage = filled(ADA, GRACE, EDSGER)
        for user, kind in product((ADA, GRACE), MailKind):
            post(storage, kind, to=user)

        applied(storage, planned(storage, ADA, *wanted))

        assert [set(), withdrawn] == [
            {
                mail.kind
                for mail in storage.run(partial(mails_to, user=user))
                if mail.state is MailState.WITHDRAWN
            }
            for user in (ADA, GRACE)
        ]

    def test_an_address_is_handed_down(self) -> None:
        """
        Ada takes a new one, Grace Ada's, and hers is held back from new users.  [S34]
        """
        storage = filled(ADA, GRACE)
        wanted = (
            attrs.evolve(ADA, winbooks_id=WinBooksId("king@example.org")),
            attrs.evolve(GRACE, winbooks_id=ADA.winbooks_id),
            attrs.evolve(EDSGER, winbooks_id=GRACE.winbooks_id),
        )

        outcomes = applied(storage, planned(storage, *wanted))

        plan = planned(storage, *wanted)
        assert {"E-ada": Result.DONE, "E-grace": Result.DONE} == results(outcomes)
        assert ((), [GRACE.winbooks_id]) == (
            plan.changes,
            [each.winbooks_id for each in plan.conflicts],
        )

    def test_an_address_of_who_is_gone(self) -> None:
        """
        A new user waits 90 days for it, and gets it then.  [S34]
        """
        storage = filled(ADA, GRACE)
        AdministrationService(storage).erase(GRACE, by=ADA)
        newcomer = attrs.evolve(EDSGER, winbooks_id=GRACE.winbooks_id)
        later = SynchronisationService(
            storage, clock=lambda: system.now() + timedelta(days=90)
        )

        early = planned(storage, ADA, newcomer)
        late = later.plan(says(ADA, newcomer), by=BY)

        assert ((Reason.of(HeldBack()),), ()) == (
            early.conflicts[0].reasons,
            early.changes,
        )
        assert {"E-edsger": Result.DONE} == results(later.apply(late, by=BY))

    def test_an_address_that_another_licence_reserved(self) -> None:
        """
        Once its link has ended it hinders no feed.  [S34]
        """
        ends = system.now() - timedelta(hours=1)
        squatter = attrs.evolve(
            GRACE,
            id=UUID(int=8),
            licence="WB-2",
            external_id=None,
            winbooks_id=WinBooksId("squatter@example.com"),
        )
        change = IdChange(winbooks_id=EDSGER.winbooks_id, expires_at=ends)
        storage = filled(ADA, squatter)
        save(storage, attrs.evolve(squatter, id_change=change))

        outcomes = applied(storage, planned(storage, ADA, EDSGER))

        assert {"E-edsger": Result.DONE} == results(outcomes)

    def test_twice(self) -> None:
        """
        The second time everything is done before, and nothing is saved.  [R67]
        """
        storage = filled(ADA, EDSGER)
        plan = planned(storage, attrs.evolve(ADA, last_name=PersonName("King")), GRACE)
        applied(storage, plan)
        first = found(storage, "ada@example.org")

        outcomes = applied(storage, plan)

        assert dict.fromkeys(
            ("E-ada", "E-grace", "E-edsger"), Result.DONE_BEFORE
        ) == results(outcomes)
        assert first == found(storage, "ada@example.org")

    def test_planning_again_finds_nothing(self) -> None:
        """
        What was carried out is what was asked.  [R67]
        """
        storage = filled(ADA, EDSGER)
        applied(storage, planned(storage, ADA, GRACE))

        plan = planned(storage, ADA, GRACE)

        assert ((), 2) == (plan.changes, plan.unchanged)

    def test_many(self) -> None:
        """
        More users than fit into one batch or page.
        """
        storage = filled(ADA)
        staff = [
            attrs.evolve(
                GRACE,
                winbooks_id=WinBooksId(f"user{number}@example.org"),
                external_id=f"E-{number}",
            )
            for number in range(1001)
        ]

        outcomes = applied(storage, planned(storage, ADA, *staff))

        assert 1001 == len(outcomes)
        assert () == planned(storage, ADA, *staff).changes

    def test_what_is_not_asked_is_not_done(self) -> None:
        """
        Who stops listening stops the work.
        """
        storage = filled()

        SynchronisationService(storage).apply(planned(storage, ADA), by=BY)

        assert None is found(storage, "ada@example.org")


class TestAdministratorsAddress:
    """
    The address of an Administrator moves only where the old one is told.  [S31]
    """

    MOVED = attrs.evolve(ADA, winbooks_id=WinBooksId("eve@example.org"))

    def mails(self, storage: InMemoryStorage) -> list[tuple[str | None, MailKind]]:
        """
        Return where the mails go, and what they are about.
        """
        return storage.change(
            lambda state: [
                (stored.mail and stored.mail.recipient, stored.entry.kind)
                for stored in state.outbox.values()
            ]
        )

    def test_the_old_address_is_told(self) -> None:
        """
        A feed that was tampered with does not take an office over in silence.
        """
        storage = filled(ADA, GRACE)

        outcomes = applied(storage, planned(storage, self.MOVED, GRACE))

        assert {"E-ada": Result.DONE} == results(outcomes)
        assert [("ada@example.org", MailKind.CHANGED)] == self.mails(storage)

    def test_without_letters(self) -> None:
        """
        It is refused, and the others are changed.
        """
        storage = filled(ADA, GRACE)
        murray = attrs.evolve(GRACE, last_name=PersonName("Murray"))
        plan = planned(storage, self.MOVED, murray)

        outcomes = list(SynchronisationService(storage).apply(plan, by=BY))

        assert {"E-ada": Result.REFUSED, "E-grace": Result.DONE} == results(outcomes)
        assert [(Untold(),)] == [each.problems for each in outcomes if each.problems]
        assert ADA == found(storage, "ada@example.org")

    def test_in_a_swap(self) -> None:
        """
        Only the Administrator is told.
        """
        storage = filled(ADA, GRACE)
        turned = (
            attrs.evolve(ADA, winbooks_id=GRACE.winbooks_id),
            attrs.evolve(GRACE, winbooks_id=ADA.winbooks_id),
        )
        plan = planned(storage, *turned)

        refused = list(SynchronisationService(storage).apply(plan, by=BY))
        done = applied(storage, plan)

        assert {Result.REFUSED} == set(results(refused).values())
        assert {Result.DONE} == set(results(done).values())
        assert [("ada@example.org", MailKind.CHANGED)] == self.mails(storage)

    def test_others_get_no_mail(self) -> None:
        """
        A synchronisation sends none otherwise.  [R66]
        """
        storage = filled(ADA, GRACE)
        moved = attrs.evolve(GRACE, winbooks_id=WinBooksId("murray@example.org"))

        applied(storage, planned(storage, ADA, moved))

        assert [] == self.mails(storage)


class TestLockOut:
    """
    Who is locked out on the Portal is not let in by a feed.  [S30]
    """

    def out(self, storage: Storage) -> PortalUser:
        """
        Return Grace, whom Ada deactivates.
        """
        grace = found(storage, "grace@example.org")
        assert grace is not None
        return AdministrationService(storage).deactivate(grace, by=ADA)

    def test_a_feed_that_still_has_them(self) -> None:
        """
        Licence management hears of a dismissal late, or never.
        """
        storage = filled(ADA, GRACE)
        locked_out = self.out(storage)

        plan = planned(storage, ADA, GRACE)
        applied(storage, plan)

        assert [GRACE.winbooks_id] == [each.winbooks_id for each in plan.held]
        assert locked_out == found(storage, "grace@example.org")

    def test_it_has_to_be_asked_for(self) -> None:
        """
        Then the distributor answers for it, and the history says so.
        """
        storage = filled(ADA, GRACE)
        self.out(storage)

        applied(storage, planned(storage, ADA, GRACE, options=Options(reactivate=True)))

        back = found(storage, "grace@example.org")
        assert attrs.evolve(GRACE, version=3) == back

    def test_a_feed_takes_its_own_word_back(self) -> None:
        """
        Gone and there again, once and once more, after a person let them in too.
        """
        storage = filled(ADA, GRACE)

        for _ in range(2):
            applied(storage, planned(storage, ADA))
            applied(storage, planned(storage, ADA, GRACE))
        applied(storage, planned(storage, ADA))
        gone = found(storage, "grace@example.org")
        assert gone is not None
        AdministrationService(storage).activate(gone, by=ADA)
        self.out(storage)

        assert () == planned(storage, ADA, GRACE).changes


class TestOutOfDate:
    """
    A plan is carried out on the users as it saw them.  [Q17]
    """

    def test_somebody_saved_a_user(self) -> None:
        """
        Nothing at all is done, and it says who it is.
        """
        storage = filled(ADA)
        plan = planned(storage, attrs.evolve(ADA, last_name=PersonName("King")), GRACE)
        save(storage, attrs.evolve(ADA, notify_all_dossiers=True))

        with pytest.raises(PlanOutOfDate) as caught:
            applied(storage, plan)

        assert (ADA.winbooks_id,) == caught.value.winbooks_ids
        assert (SavedSincePlanned(users=1),) == caught.value.problems
        assert None is found(storage, "grace@example.org")

    def test_somebody_made_the_user_otherwise(self) -> None:
        """
        A second synchronisation came first, with another name.
        """
        storage = filled()
        plan = planned(storage, ADA)
        applied(
            storage, planned(storage, attrs.evolve(ADA, last_name=PersonName("King")))
        )

        with pytest.raises(PlanOutOfDate):
            applied(storage, plan)

    def test_the_user_is_gone(self) -> None:
        """
        A user who was erased does not come back.
        """
        storage = filled(ADA)
        plan = planned(storage, attrs.evolve(ADA, last_name=PersonName("King")))

        with pytest.raises(PlanOutOfDate):
            applied(filled(), plan)

    def test_others_may_change(self) -> None:
        """
        Only the users whom the plan changes count.
        """
        storage = filled(ADA, GRACE)
        plan = planned(storage, attrs.evolve(ADA, last_name=PersonName("King")), GRACE)
        save(storage, attrs.evolve(GRACE, notify_all_dossiers=True))

        outcomes = applied(storage, plan)

        assert {"E-ada": Result.DONE} == results(outcomes)

    def test_a_save_during_the_run(self) -> None:
        """
        It is told for them, not forced, and the others are changed.  [R69]
        """
        storage = filled(ADA, GRACE)
        plan = planned(
            storage,
            attrs.evolve(ADA, last_name=PersonName("King")),
            attrs.evolve(GRACE, last_name=PersonName("Murray")),
        )
        run = service(storage).apply(plan, by=BY)
        save(storage, attrs.evolve(GRACE, notify_all_dossiers=True))

        outcomes = list(run)

        assert {"E-ada": Result.DONE, "E-grace": Result.REFUSED} == results(outcomes)
        assert [(), (SavedMeanwhile(),)] == [each.problems for each in outcomes]

    def test_of_many_changes_in_one_go_one_is_told_apart(self) -> None:
        """
        However many they are, it costs the others no unit of work of their own.
        """
        staff = [
            attrs.evolve(
                GRACE,
                id=UUID(int=number),
                winbooks_id=WinBooksId(f"user{number}@example.org"),
                external_id=f"E-{number}",
            )
            for number in range(100, 400)
        ]
        storage = filled(ADA, *staff)
        renamed = [attrs.evolve(each, last_name=PersonName("King")) for each in staff]
        plan = planned(storage, ADA, *renamed)
        failing = Failing(storage, works=4)  # The licence, two pages, the batch.
        run = SynchronisationService(failing).apply(plan, by=BY)
        save(storage, attrs.evolve(staff[7], notify_all_dossiers=True))

        outcomes = list(run)

        refused = [each for each in outcomes if each.result is Result.REFUSED]
        assert 299 == sum(each.result is Result.DONE for each in outcomes)
        assert [("E-107", (SavedMeanwhile(),))] == [
            (each.change.after.external_id, each.problems) for each in refused
        ]
        assert attrs.evolve(renamed[8], version=2) == found(
            storage, "user108@example.org"
        )

    def test_a_new_address_that_is_taken_during_the_run(self) -> None:
        """
        Those who want it keep their own, and the others are changed.
        """
        storage = filled(ADA, GRACE)
        plan = planned(
            storage,
            attrs.evolve(ADA, winbooks_id=WinBooksId("king@example.org")),
            attrs.evolve(GRACE, winbooks_id=WinBooksId("murray@example.org")),
        )
        run = service(storage).apply(plan, by=BY)
        elsewhere = attrs.evolve(
            EDSGER, licence="WB-3", winbooks_id=WinBooksId("king@example.org")
        )
        storage.run(lambda unit: unit.users.add(elsewhere))

        outcomes = list(run)

        assert {"E-ada": Result.REFUSED, "E-grace": Result.DONE} == results(outcomes)
        assert [(Taken(),), ()] == [each.problems for each in outcomes]
        assert ADA == found(storage, "ada@example.org")

    def test_an_address_that_is_taken_during_the_run(self) -> None:
        """
        The others are made all the same.
        """
        storage = filled()
        run = SynchronisationService(storage).apply(planned(storage, ADA, GRACE), by=BY)
        elsewhere = attrs.evolve(GRACE, licence="WB-3", external_id=None)
        storage.run(lambda unit: unit.users.add(elsewhere))

        outcomes = list(run)

        assert {"E-ada": Result.DONE, "E-grace": Result.REFUSED} == results(outcomes)
        assert [(), (Taken(),)] == [each.problems for each in outcomes]

    def test_two_runs_of_one_plan(self) -> None:
        """
        What the other one has made in the meantime is not made again.
        """
        storage = filled()
        plan = planned(storage, ADA)
        run = service(storage).apply(plan, by=BY)
        applied(storage, plan)

        outcomes = list(run)

        assert {"E-ada": Result.DONE_BEFORE} == results(outcomes)

    def test_a_swap_is_all_or_nothing(self) -> None:
        """
        If one cannot move, neither does.
        """
        storage = filled(ADA, GRACE)
        plan = planned(
            storage,
            attrs.evolve(ADA, winbooks_id=GRACE.winbooks_id),
            attrs.evolve(GRACE, winbooks_id=ADA.winbooks_id),
        )
        run = service(storage).apply(plan, by=BY)
        save(storage, attrs.evolve(GRACE, notify_all_dossiers=True))

        outcomes = list(run)

        assert {"E-ada": Result.REFUSED, "E-grace": Result.REFUSED} == results(outcomes)
        assert ADA == found(storage, "ada@example.org")


class TestLastAdministrator:
    """
    A licence keeps an active Administrator, whatever happens meanwhile.  [Q12]
    """

    def test_the_other_one_is_gone_during_the_run(self) -> None:
        """
        Then the one whom the plan deactivates stays.
        """
        second = attrs.evolve(GRACE, level=Level.ADMINISTRATOR)
        staff = [
            attrs.evolve(
                EDSGER,
                id=UUID(int=number),
                winbooks_id=WinBooksId(f"user{number}@example.org"),
                external_id=f"E-{number}",
            )
            for number in range(100, 700)
        ]
        storage = filled(ADA, second, *staff)
        plan = planned(storage, second, *staff)
        run = service(storage).apply(plan, by=BY)
        save(storage, attrs.evolve(second, status=Status.INACTIVE))

        outcomes = list(run)

        assert [(LastAdministrator(),)] == [each.problems for each in outcomes]
        assert ADA == found(storage, "ada@example.org")

    def test_two_leave_in_one_go(self) -> None:
        """
        The second sees that the first is gone, and stays.
        """
        second = attrs.evolve(GRACE, level=Level.ADMINISTRATOR)
        storage = filled(ADA, second, EDSGER)
        changes = tuple(
            Update(
                user_id=user.id,
                version=1,
                before=SyncedFields.of(user),
                after=attrs.evolve(SyncedFields.of(user), is_active=False),
            )
            for user in (ADA, second)
        )

        outcomes = applied(storage, Plan(licence="WB-1", changes=changes))

        assert [(), (LastAdministrator(),)] == [each.problems for each in outcomes]
        assert second == found(storage, "grace@example.org")

    def test_the_other_one_is_on_a_later_page(self) -> None:
        """
        All of a large licence is looked through.
        """
        staff = [
            attrs.evolve(
                EDSGER,
                id=UUID(int=number),
                winbooks_id=WinBooksId(f"user{number}@example.org"),
                external_id=f"E-{number}",
                level=Level.ADMINISTRATOR if number == 699 else Level.POWER_USER,
            )
            for number in range(100, 700)
        ]
        storage = filled(ADA, *staff)

        outcomes = applied(storage, planned(storage, *staff))

        assert {"E-ada": Result.DONE} == results(outcomes)


class TestQuarantine:
    """
    A plan in quarantine is looked at, not carried out.  [Q17]
    """

    def test_it_is_refused(self) -> None:
        """
        An empty feed is the usual reason.
        """
        storage = filled(ADA)
        plan = planned(storage)

        with pytest.raises(NotSynchronised) as caught:
            applied(storage, plan)

        assert (Reason.of(EmptySnapshot()),) == plan.quarantine
        assert (PlanQuarantined(),) == caught.value.problems


class TestConflicts:
    """
    What belongs to another licence stays there.  [R3, Q18]
    """

    def test_the_storage_is_asked(self) -> None:
        """
        It knows the addresses of all licences.
        """
        storage = filled(attrs.evolve(ADA, licence="WB-3"))

        plan = planned(storage, ADA, GRACE)

        assert [(Reason.of(InAnotherLicence()),)] == [
            finding.reasons for finding in plan.conflicts
        ]
        assert ["E-grace"] == [change.after.external_id for change in plan.changes]


class TestCrash:
    """
    After a crash, the plan is made again, or carried out again.  [R67]
    """

    @pytest.mark.parametrize("works", range(2, 7))
    @pytest.mark.parametrize("again", [True, False])
    def test_the_end_is_the_same(self, works: int, again: bool) -> None:
        """
        Wherever it stopped.
        """
        storage = filled(ADA, GRACE)
        wanted = (
            attrs.evolve(ADA, winbooks_id=GRACE.winbooks_id),
            attrs.evolve(GRACE, winbooks_id=ADA.winbooks_id),
            EDSGER,
        )
        plan = planned(storage, *wanted)
        run = SynchronisationService(Failing(storage, works)).apply(plan, by=BY)
        stopped: list[type[Exception]] = []
        try:
            list(run)
        except StorageBusy:
            stopped.append(StorageBusy)

        applied(storage, plan if again else planned(storage, *wanted))

        assert ([StorageBusy] if works < 4 else []) == stopped
        assert () == planned(storage, *wanted).changes
