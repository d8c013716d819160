"""
What would have to change, so that the Portal is as licence management says.
"""

from typing import Any
from uuid import UUID

import attrs
import pytest

from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.portal_user import CredentialSource, PortalUser, Status
from winbooks_identity.refusals import HeldBack
from winbooks_identity.role import Role
from winbooks_identity.synchronisation import (
    Action,
    BadRecord,
    Complete,
    Create,
    DesiredUser,
    FieldChange,
    Limits,
    Options,
    Partial,
    Plan,
    Reason,
    SyncedFields,
    Update,
    plan,
)
from winbooks_identity.synchronisation.remarks import (
    AmbiguousExternalId,
    CountDiffers,
    DuplicateRecord,
    EmptySnapshot,
    HeldByColleague,
    HeldByEndCustomer,
    InAnotherLicence,
    LastAdministrator,
    LockedOut,
    MalformedRecord,
    NotAsked,
    NotDeclared,
    TooManyAddressChanges,
    TooManyDeactivations,
    TooManyReactivations,
    UnreadableRecords,
)
from winbooks_identity.winbooks_id import WinBooksId


LICENCE = Licence(
    number="WB-1",
    product=Product.ON_WEB,
    holder=CompanyName("Fiduciaire Peeters"),
    language=Language.DUTCH,
)

ADA = PortalUser(
    id=UUID(int=1),
    winbooks_id=WinBooksId("ada@example.org"),
    licence="WB-1",
    level=Level.POWER_USER,
    status=Status.ACTIVE,
    credential_source=CredentialSource.ON_WEB,
    first_name=PersonName("Ada"),
    last_name=PersonName("Lovelace"),
    company_name=CompanyName("Fiduciaire Peeters"),
    language=Language.FRENCH,
    phone=PhoneNumber("+32470123456"),
    dossiers=frozenset({"1001"}),
    roles=frozenset({Role.VIEW_ADMIN}),
    notify_all_dossiers=True,
    external_id="E-ada",
    version=7,
)
GRACE = attrs.evolve(
    ADA,
    id=UUID(int=2),
    winbooks_id=WinBooksId("grace@example.org"),
    level=Level.ADMINISTRATOR,
    external_id="E-grace",
)
EDSGER = attrs.evolve(
    ADA,
    id=UUID(int=3),
    winbooks_id=WinBooksId("edsger@example.org"),
    external_id="E-edsger",
)
CUSTOMER = attrs.evolve(
    ADA,
    id=UUID(int=4),
    winbooks_id=WinBooksId("baker@example.org"),
    level=Level.USER,
    external_id=None,
)

DEACTIVATE = Options(deactivate=True)


def record(user: PortalUser, **changes: Any) -> DesiredUser:  # noqa: ANN401  As evolve.
    """
    Return the record that licence management has of *user*, with *changes*.
    """
    return attrs.evolve(
        DesiredUser(
            external_id=user.external_id or "E-new",
            login=user.winbooks_id,
            first_name=user.first_name,
            last_name=user.last_name,
            is_active=user.is_active,
        ),
        **changes,
    )


def complete(*records: DesiredUser, bad: tuple[BadRecord, ...] = ()) -> Complete:
    """
    Return a snapshot of *records* that says it is complete.
    """
    return Complete(users=records, bad=bad, count=len(records) + len(bad))


def planned(
    snapshot: Complete | Partial,
    *users: PortalUser,
    elsewhere: frozenset[WinBooksId] = frozenset(),
    options: Options = DEACTIVATE,
) -> Plan:
    """
    Return the plan for *snapshot* in a licence with *users*.
    """
    return plan(
        snapshot, licence=LICENCE, users=users, elsewhere=elsewhere, options=options
    )


def actions(made: Plan) -> dict[str | None, Action]:
    """
    Return what happens to whom, by external id.
    """
    return {change.after.external_id: change.action for change in made.changes}


def conflicts(made: Plan) -> dict[str | None, tuple[Reason, ...]]:
    """
    Return why which records are not followed, by external id.
    """
    return {finding.external_id: finding.reasons for finding in made.conflicts}


def kept(made: Plan) -> dict[str | None, tuple[Reason, ...]]:
    """
    Return who stays active and why, by external id.
    """
    return {finding.external_id: finding.reasons for finding in made.kept}


class TestCreate:
    """
    Someone unknown becomes a user with their on Web login.  [R65, R66, Q16]
    """

    def test_the_new_user_is_as_the_record_says(self) -> None:
        """
        Their language is the licence's where the record has none.
        """
        made = planned(complete(record(ADA)))

        assert (
            Create(
                after=SyncedFields(
                    external_id="E-ada",
                    winbooks_id=WinBooksId("ada@example.org"),
                    first_name=PersonName("Ada"),
                    last_name=PersonName("Lovelace"),
                    language=Language.DUTCH,
                    phone=None,
                    is_active=True,
                ),
                level=Level.POWER_USER,
            ),
        ) == made.changes

    @pytest.mark.parametrize(
        "flag,level", [(False, Level.POWER_USER), (True, Level.ADMINISTRATOR)]
    )
    def test_level(self, flag: bool, level: Level) -> None:
        """
        Administrator where on Web says License Admin, else Power User.
        """
        [change] = planned(complete(record(ADA, is_licence_admin=flag))).changes

        assert isinstance(change, Create)
        assert level is change.level

    def test_the_user_starts_without_roles_and_dossiers(self) -> None:
        """
        On Web knows neither; what they sign in with is on Web's.
        """
        [change] = planned(complete(record(ADA, language=Language.FRENCH))).changes

        assert isinstance(change, Create)
        assert attrs.evolve(
            ADA,
            id=UUID(int=9),
            phone=None,
            dossiers=frozenset(),
            roles=frozenset(),
            notify_all_dossiers=False,
            version=1,
        ) == change.user(LICENCE, UUID(int=9))

    def test_an_inactive_stranger_is_left_alone(self) -> None:
        """
        Who has left before he came here gets no WinBooks ID.
        """
        made = planned(complete(record(ADA, is_active=False)))

        assert ((), ()) == (made.changes, made.conflicts)

    @pytest.mark.parametrize(
        "level,external_id", [(Level.USER, "E-ada"), (Level.POWER_USER, None)]
    )
    def test_nobody_else_is_created(
        self, level: Level, external_id: str | None
    ) -> None:
        """
        A plan that makes end customers, or people unknown on Web, cannot be.  [R68]
        """
        after = attrs.evolve(SyncedFields.of(ADA), external_id=external_id)

        with pytest.raises(ValueError, match="staff"):
            Create(after=after, level=level)


class TestUpdate:
    """
    What licence management decides follows it; all else is the Portal's.  [R67]
    """

    def test_nothing_differs(self) -> None:
        """
        A user who is as on Web says is counted and left alone.
        """
        made = planned(complete(record(ADA), record(GRACE)), ADA, GRACE)

        assert ((), 2) == (made.changes, made.unchanged)

    def test_field_by_field(self) -> None:
        """
        The plan says what changes, from what to what, and the version it saw.
        """
        desired = record(
            ADA, last_name=PersonName("King"), phone=PhoneNumber("+3225123456")
        )

        [change] = planned(complete(desired), ADA).changes

        assert isinstance(change, Update)
        assert (UUID(int=1), 7, Action.UPDATE) == (
            change.user_id,
            change.version,
            change.action,
        )
        assert [
            FieldChange("last_name", "Lovelace", "King"),
            FieldChange("phone", "+32470123456", "+3225123456"),
        ] == change.fields

    def test_everything_mastered(self) -> None:
        """
        Names, phone, language, activity and address are on Web's.
        """
        desired = DesiredUser(
            external_id="E-ada",
            login=WinBooksId("king@example.org"),
            first_name=PersonName("Augusta"),
            last_name=PersonName("King"),
            language=Language.ENGLISH,
            phone=PhoneNumber("+3225123456"),
            is_active=True,
        )

        away = attrs.evolve(ADA, status=Status.INACTIVE, deactivated_by_feed=True)

        [change] = planned(complete(desired), away).changes

        assert isinstance(change, Update)
        assert attrs.evolve(
            ADA,
            winbooks_id=WinBooksId("king@example.org"),
            first_name=PersonName("Augusta"),
            last_name=PersonName("King"),
            language=Language.ENGLISH,
            phone=PhoneNumber("+3225123456"),
        ) == change.after.onto(away)

    def test_the_level_stays(self) -> None:
        """
        An Administrator on Web who is Power User here remains one.
        """
        made = planned(complete(record(ADA, is_licence_admin=True)), ADA)

        assert () == made.changes

    def test_the_registered_spelling_stays(self) -> None:
        """
        A login in other case is the same WinBooks ID.  [R4]
        """
        desired = record(
            ADA, login=WinBooksId("aDa@example.org"), last_name=PersonName("King")
        )

        [change] = planned(complete(desired), ADA).changes

        assert "ada@example.org" == change.after.winbooks_id.address

    def test_a_new_address(self) -> None:
        """
        Who is known by external id gets the login that they have now.
        """
        desired = record(ADA, login=WinBooksId("king@example.org"))

        [change] = planned(complete(desired), ADA).changes

        assert [
            FieldChange("winbooks_id", "ada@example.org", "king@example.org")
        ] == change.fields


class TestAdopt:
    """
    Who was made by hand is known by their address, once.  [R59, R65]
    """

    def test_external_id_is_remembered(self) -> None:
        """
        From then on they are known by it.
        """
        by_hand = attrs.evolve(ADA, external_id=None)

        [change] = planned(complete(record(ADA)), by_hand).changes

        assert Action.ADOPT is change.action
        assert [FieldChange("external_id", "", "E-ada")] == change.fields

    def test_who_has_another_external_id_is_not_taken_over(self) -> None:
        """
        The same address with another external id is someone else.
        """
        made = planned(complete(record(ADA, external_id="E-other")), ADA)

        assert {"E-other": (Reason("synchronisation.held_by_colleague"),)} == conflicts(
            made
        )


class TestReactivate:
    """
    Who is active on Web is active here.
    """

    def test_back_again(self) -> None:
        """
        It is named apart from other changes, even with a snapshot in part.
        """
        away = attrs.evolve(ADA, status=Status.INACTIVE, deactivated_by_feed=True)

        made = planned(Partial(users=(record(ADA),)), away)

        assert ({"E-ada": Action.REACTIVATE}, ()) == (actions(made), made.held)

    def test_a_lock_out_stays(self) -> None:
        """
        A user whom a person deactivated is reported, and all else follows.  [S30]
        """
        away = attrs.evolve(ADA, status=Status.INACTIVE)
        desired = record(ADA, last_name=PersonName("King"))

        made = planned(complete(desired, record(GRACE)), away, GRACE)

        [change] = made.changes
        assert (Action.UPDATE, False) == (change.action, change.after.is_active)
        [finding] = made.held
        assert ("E-ada", (Reason.of(LockedOut()),)) == (
            finding.external_id,
            finding.reasons,
        )
        assert ("stays inactive", "E-ada") == list(made.rows())[-1][:2]

    def test_a_lock_out_ends_where_that_is_asked(self) -> None:
        """
        The distributor says so.  [S30]
        """
        away = attrs.evolve(ADA, status=Status.INACTIVE)

        made = planned(complete(record(ADA)), away, options=Options(reactivate=True))

        assert ({"E-ada": Action.REACTIVATE}, ()) == (actions(made), made.held)

    def test_a_lock_out_is_no_matter_of_who_is_inactive_there(self) -> None:
        """
        Inactive here and there, nothing is worth a word.
        """
        away = attrs.evolve(ADA, status=Status.INACTIVE)

        made = planned(complete(record(away)), away)

        assert ((), ()) == (made.changes, made.held)


class TestDeactivate:
    """
    Only a complete snapshot deactivates, and only when asked.  [Q17]
    """

    def test_inactive_on_web(self) -> None:
        """
        Who is switched off there is deactivated here.
        """
        made = planned(
            complete(record(ADA, is_active=False), record(GRACE)), ADA, GRACE
        )

        assert {"E-ada": Action.DEACTIVATE} == actions(made)

    def test_gone_from_on_web(self) -> None:
        """
        Who is no longer there is deactivated here, never deleted.
        """
        made = planned(complete(record(GRACE)), ADA, GRACE)

        [change] = made.changes
        assert Action.DEACTIVATE is change.action
        assert [FieldChange("is_active", "yes", "no")] == change.fields

    @pytest.mark.parametrize(
        "records", [(record(ADA, is_active=False), record(GRACE)), (record(GRACE),)]
    )
    def test_not_asked(self, records: tuple[DesiredUser, ...]) -> None:
        """
        Without being asked it only tells.
        """
        made = planned(complete(*records), ADA, GRACE, options=Options())

        assert ((), {"E-ada": (Reason.of(NotAsked()),)}) == (made.changes, kept(made))

    @pytest.mark.parametrize(
        "records", [(record(ADA, is_active=False), record(GRACE)), (record(GRACE),)]
    )
    def test_partial(self, records: tuple[DesiredUser, ...]) -> None:
        """
        Who is missing from a part may be in the rest.
        """
        reason = CountDiffers(declared=3, counted=len(records))

        made = planned(Partial(users=records, reason=reason), ADA, GRACE)

        assert ((), {"E-ada": (Reason.of(reason),)}) == (made.changes, kept(made))
        assert Reason.of(reason) == made.partial

    def test_a_partial_snapshot_changes_names(self) -> None:
        """
        What it does say is followed.
        """
        desired = record(ADA, last_name=PersonName("King"))

        made = planned(Partial(users=(desired,)), ADA)

        assert {"E-ada": Action.UPDATE} == actions(made)
        assert Reason.of(NotDeclared()) == made.partial

    def test_the_rest_of_a_kept_user_follows(self) -> None:
        """
        Who stays active has their new name all the same.
        """
        desired = record(ADA, last_name=PersonName("King"), is_active=False)

        made = planned(complete(desired), ADA, options=Options())

        [change] = made.changes
        assert [FieldChange("last_name", "Lovelace", "King")] == change.fields

    @pytest.mark.parametrize(
        "user",
        [
            CUSTOMER,
            attrs.evolve(ADA, external_id=None),
            attrs.evolve(ADA, status=Status.INACTIVE),
            attrs.evolve(CUSTOMER, external_id="E-baker"),
        ],
        ids=["end customer", "made by hand", "inactive", "customer with external id"],
    )
    def test_others_are_left_alone(self, user: PortalUser) -> None:
        """
        Only who came from on Web can be gone from there.  [R68]
        """
        made = planned(complete(record(GRACE)), user, GRACE)

        assert ((), ()) == (made.changes, made.kept)


class TestBadRecords:
    """
    A bad record is told, stops no one else and deactivates no one.  [R69]
    """

    BAD = BadRecord(place=3, reasons=(Reason.of(MalformedRecord(), "first_name"),))

    def test_it_is_a_conflict(self) -> None:
        """
        With its place and its reasons.
        """
        [finding] = planned(complete(bad=(self.BAD,))).conflicts

        assert (3, self.BAD.reasons) == (finding.place, finding.reasons)

    def test_the_others_are_followed(self) -> None:
        """
        Everybody else gets their change.
        """
        desired = record(ADA, last_name=PersonName("King"))

        made = planned(complete(desired, bad=(self.BAD,)), ADA)

        assert {"E-ada": Action.UPDATE} == actions(made)

    def test_a_record_without_external_id_could_mean_anybody(self) -> None:
        """
        So no one who seems to be gone is deactivated.
        """
        made = planned(complete(record(GRACE), bad=(self.BAD,)), ADA, GRACE)

        assert {"E-ada": (Reason.of(UnreadableRecords()),)} == kept(made)
        assert () == made.changes

    def test_who_is_inactive_on_web_can_still_be_deactivated(self) -> None:
        """
        Their own record says it.
        """
        made = planned(
            complete(record(ADA, is_active=False), record(GRACE), bad=(self.BAD,)),
            ADA,
            GRACE,
        )

        assert {"E-ada": Action.DEACTIVATE} == actions(made)

    def test_a_record_with_external_id_protects_whom_it_means(self) -> None:
        """
        And no one else.
        """
        bad = attrs.evolve(self.BAD, external_id="E-ada")

        made = planned(complete(record(GRACE), bad=(bad,)), ADA, EDSGER, GRACE)

        assert {"E-edsger": Action.DEACTIVATE} == actions(made)

    def test_a_login_protects_too(self) -> None:
        """
        A record with the external id of no one may have that wrong.
        """
        bad = attrs.evolve(self.BAD, external_id="E-typo", login=ADA.winbooks_id)

        made = planned(complete(record(GRACE), bad=(bad,)), ADA, GRACE)

        assert ((), ()) == (made.changes, made.kept)


class TestConflicts:
    """
    A record that means no one for sure is not followed, and says why.  [R69]
    """

    @pytest.mark.parametrize(
        "first,second",
        [
            (record(ADA), record(ADA, first_name=PersonName("Augusta"))),
            (record(ADA), record(ADA, login=WinBooksId("king@example.org"))),
            (record(ADA), record(ADA, external_id="E-other")),
        ],
        ids=["same record, other name", "same external id", "same login"],
    )
    def test_two_records_with_one_key(
        self, first: DesiredUser, second: DesiredUser
    ) -> None:
        """
        Neither counts, and the user whom they could mean keeps their access.
        """
        made = planned(complete(first, second, record(GRACE)), ADA, GRACE)

        assert ((), ()) == (made.changes, made.kept)
        assert {(Reason.of(DuplicateRecord()),)} == set(conflicts(made).values())

    def test_a_bad_twin(self) -> None:
        """
        A good record beside a bad one with its external id does not count.
        """
        bad = BadRecord(place=2, reasons=(), external_id="E-ada")

        made = planned(complete(record(ADA), bad=(bad,)))

        assert () == made.changes

    def test_the_same_record_twice_is_one(self) -> None:
        """
        A feed that was sent twice over harms no one.
        """
        made = planned(complete(record(ADA), record(ADA)))

        assert ({"E-ada": Action.CREATE}, ()) == (actions(made), made.conflicts)

    def test_in_another_licence(self) -> None:
        """
        No one is moved.  [R3, Q18]
        """
        made = planned(
            complete(record(ADA), record(GRACE)),
            elsewhere=frozenset({ADA.winbooks_id}),
        )

        assert {"E-ada": (Reason.of(InAnotherLicence()),)} == conflicts(made)
        assert {"E-grace": Action.CREATE} == actions(made)

    def test_an_end_customer_has_the_address(self) -> None:
        """
        He stays an end customer.  [R68]
        """
        made = planned(complete(record(CUSTOMER)), CUSTOMER)

        assert {"E-new": (Reason.of(HeldByEndCustomer()),)} == conflicts(made)

    def test_an_end_customer_has_the_external_id(self) -> None:
        """
        Whom the Portal made an end customer stays one.
        """
        customer = attrs.evolve(ADA, level=Level.USER)

        made = planned(
            complete(record(ADA, login=WinBooksId("king@example.org"))), customer
        )

        assert {"E-ada": (Reason.of(HeldByEndCustomer()),)} == conflicts(made)

    def test_two_users_with_the_external_id(self) -> None:
        """
        Which of them is meant cannot be told.
        """
        twin = attrs.evolve(GRACE, external_id="E-ada")

        made = planned(complete(record(ADA)), ADA, twin)

        assert {"E-ada": (Reason.of(AmbiguousExternalId()),)} == conflicts(made)
        assert () == made.changes

    def test_an_absent_colleague_keeps_his_address(self) -> None:
        """
        A mailbox that was handed on is a question for people.
        """
        made = planned(
            complete(record(GRACE), record(EDSGER, login=ADA.winbooks_id)),
            ADA,
            EDSGER,
            GRACE,
        )

        assert {"E-edsger": (Reason.of(HeldByColleague()),)} == conflicts(made)


class TestMoves:
    """
    People can exchange addresses.  [R2]
    """

    def test_swap(self) -> None:
        """
        Each gets the other's.
        """
        made = planned(
            complete(
                record(ADA, login=GRACE.winbooks_id),
                record(GRACE, login=ADA.winbooks_id),
            ),
            ADA,
            GRACE,
        )

        assert {"E-ada": "grace@example.org", "E-grace": "ada@example.org"} == {
            change.after.external_id: change.after.winbooks_id.address
            for change in made.changes
        }

    def test_a_newcomer_gets_no_address_that_is_left(self) -> None:
        """
        It is held back, and reported.  [S34]
        """
        made = planned(
            complete(
                record(ADA, login=WinBooksId("king@example.org")),
                record(EDSGER, login=ADA.winbooks_id),
            ),
            ADA,
        )

        assert {"E-ada": Action.UPDATE} == actions(made)
        assert {"E-edsger": (Reason.of(HeldBack()),)} == conflicts(made)

    @pytest.mark.parametrize("leaver,is_held", [(ADA, False), (EDSGER, True)])
    def test_an_address_that_was_left(self, leaver: PortalUser, is_held: bool) -> None:
        """
        Its user may have it again, no one else.  [S34]
        """
        left = WinBooksId("left@example.org")

        made = plan(
            complete(record(ADA, login=left)),
            licence=LICENCE,
            users=[ADA],
            held={left: leaver.id},
        )

        assert (is_held, not is_held) == (bool(made.conflicts), bool(made.changes))

    def test_who_cannot_move_blocks_who_waits(self) -> None:
        """
        Grace waits for Ada, Ada for Edsger, and Edsger is gone.
        """
        made = planned(
            complete(
                record(GRACE, login=ADA.winbooks_id),
                record(ADA, login=EDSGER.winbooks_id),
            ),
            ADA,
            EDSGER,
            GRACE,
            options=Options(),
        )

        blocked = (Reason.of(HeldByColleague()),)
        assert {"E-ada": blocked, "E-grace": blocked} == conflicts(made)
        assert () == made.changes


class TestLastAdministrator:
    """
    A licence keeps an active Administrator, judged after the whole plan.  [R27]
    """

    def test_the_last_one_stays(self) -> None:
        """
        The reason is told.
        """
        made = planned(complete(record(ADA)), ADA, GRACE)

        assert {"E-grace": (Reason.of(LastAdministrator()),)} == kept(made)
        assert () == made.changes

    def test_of_two_one_stays(self) -> None:
        """
        The same one in every run.
        """
        second = attrs.evolve(ADA, level=Level.ADMINISTRATOR)

        made = planned(complete(record(EDSGER)), GRACE, second, EDSGER)

        assert ({"E-ada"}, {"E-grace": Action.DEACTIVATE}) == (
            set(kept(made)),
            actions(made),
        )

    @pytest.mark.parametrize(
        "users,records",
        [
            ((), (record(ADA, is_licence_admin=True),)),
            (
                (
                    attrs.evolve(
                        ADA,
                        level=Level.ADMINISTRATOR,
                        status=Status.INACTIVE,
                        deactivated_by_feed=True,
                    ),
                ),
                (record(ADA),),
            ),
            (
                (attrs.evolve(ADA, level=Level.ADMINISTRATOR, external_id=None),),
                (record(EDSGER),),
            ),
        ],
        ids=["a new one", "one who comes back", "one made by hand"],
    )
    def test_another_takes_over(
        self, users: tuple[PortalUser, ...], records: tuple[DesiredUser, ...]
    ) -> None:
        """
        An Administrator after the plan is enough.
        """
        made = planned(complete(*records), GRACE, *users)

        assert Action.DEACTIVATE is actions(made)["E-grace"]

    def test_without_administrator_before(self) -> None:
        """
        Where there is none, none is kept.
        """
        made = planned(complete(record(EDSGER)), ADA, EDSGER)

        assert {"E-ada": Action.DEACTIVATE} == actions(made)


class TestQuarantine:
    """
    A plan that changes too much is looked at, not carried out.  [Q17]
    """

    @pytest.mark.parametrize(
        "users,gone,allowed",
        [(10, 3, None), (10, 4, 3), (50, 5, None), (50, 6, 5), (2000, 101, 100)],
    )
    def test_deactivations(self, users: int, gone: int, allowed: int | None) -> None:
        """
        Three in any licence, then one in ten, and never more than a hundred.
        """
        staff = [
            attrs.evolve(
                ADA,
                id=UUID(int=number),
                winbooks_id=WinBooksId(f"user{number}@example.org"),
                external_id=f"E-{number}",
            )
            for number in range(users)
        ]

        made = planned(complete(*map(record, staff[gone:])), *staff)

        assert gone == made.counts[Action.DEACTIVATE]
        assert (
            ()
            if allowed is None
            else (Reason.of(TooManyDeactivations(planned=gone, allowed=allowed)),)
        ) == made.quarantine

    @pytest.mark.parametrize("back,allowed", [(3, None), (4, 3)])
    def test_reactivations(self, back: int, allowed: int | None) -> None:
        """
        Three in any licence, as with deactivations.  [S30]
        """
        staff = [
            attrs.evolve(
                ADA,
                id=UUID(int=number),
                winbooks_id=WinBooksId(f"user{number}@example.org"),
                external_id=f"E-{number}",
                status=Status.INACTIVE,
                deactivated_by_feed=number % 2 == 0,
            )
            for number in range(back)
        ]
        back_again = [record(user, is_active=True) for user in staff]

        made = planned(complete(*back_again), *staff, options=Options(reactivate=True))

        assert back == made.counts[Action.REACTIVATE]
        assert (
            ()
            if allowed is None
            else (Reason.of(TooManyReactivations(planned=back, allowed=allowed)),)
        ) == made.quarantine

    def test_changes_of_address(self) -> None:
        """
        A feed with its columns mixed up changes everybody's.
        """
        options = Options(limits=Limits(floor=0, percentage=50))

        made = planned(
            complete(
                record(ADA, login=GRACE.winbooks_id),
                record(GRACE, login=ADA.winbooks_id),
            ),
            ADA,
            GRACE,
            options=options,
        )

        assert (Reason.of(TooManyAddressChanges(planned=2, allowed=1)),) == (
            made.quarantine
        )

    def test_an_empty_feed(self) -> None:
        """
        No one is deactivated by it.
        """
        made = planned(complete(), ADA, GRACE)

        assert ((), (Reason.of(EmptySnapshot()),)) == (made.changes, made.quarantine)
        assert {"E-ada", "E-grace"} == set(kept(made))

    def test_an_empty_feed_of_an_empty_licence(self) -> None:
        """
        There, nothing is odd about it.
        """
        assert Plan(licence="WB-1", changes=()) == planned(complete(), CUSTOMER)

    @pytest.mark.parametrize(
        "limit", [{"floor": -1}, {"percentage": -1}, {"percentage": 101}, {"count": -1}]
    )
    def test_a_limit_that_is_none(self, limit: dict[str, int]) -> None:
        """
        A wrong limit is refused where it is written down.
        """
        with pytest.raises(ValueError, match="limits"):
            Limits(**limit)


class TestTable:
    """
    A plan can be read by those whom it concerns.
    """

    def test_rows(self) -> None:
        """
        Changes first, then conflicts, then who stays active.
        """
        bad = BadRecord(place=4, reasons=(Reason.of(MalformedRecord()),))
        desired = record(ADA, last_name=PersonName("King"))

        made = planned(
            complete(desired, record(CUSTOMER), record(EDSGER), bad=(bad,)),
            ADA,
            GRACE,
            CUSTOMER,
        )

        assert [
            ("wijzigen", "E-ada", "ada@example.org", "achternaam: Lovelace → King"),
            (
                "aanmaken",
                "E-edsger",
                "edsger@example.org",
                (
                    "referentie: E-edsger; WinBooks ID: edsger@example.org;"
                    " voornaam: Ada; achternaam: Lovelace; taal: nl;"
                    " actief: ja; niveau: Power User"
                ),
            ),
            (
                "niet gevolgd",
                "#4",
                "",
                (
                    "Rij 4: Deze record is beschadigd: een aanhalingsteken is niet"
                    " gesloten, er zijn meer cellen dan kolommen, een sleutel staat er"
                    " twee keer, of het is geen JSON."
                ),
            ),
            (
                "niet gevolgd",
                "E-new",
                "baker@example.org",
                "Deze WinBooks-ID is van een eindklant.",
            ),
            (
                "blijft actief",
                "E-grace",
                "grace@example.org",
                "Van sommige records is niet te zeggen over wie ze gaan.",
            ),
        ] == list(made.rows("nl"))
