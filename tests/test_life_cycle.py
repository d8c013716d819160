"""
The steps of a user's life, each on its own and the table as a whole.
"""

import runpy
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import attrs
import pytest

from people import EMPLOYEE
from winbooks_identity import life_cycle
from winbooks_identity.errors import InvalidFields
from winbooks_identity.forms.new_user import DossierRequired, RoleRequired
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.life_cycle import (
    TRANSITIONS,
    CredentialsOnWeb,
    Details,
    LastAdministrator,
    State,
    Step,
    StepNotAllowed,
    StepToTake,
    activate,
    change_id,
    change_level,
    confirm_id,
    deactivate,
    ensure_administrator_left,
    ensure_allowed,
    grant_dossiers,
    grant_roles,
    legal_steps,
    notify,
    rectify,
    revoke_dossiers,
    revoke_roles,
    state_of,
    withdraw_id,
)
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.portal_user import (
    CredentialSource,
    IdChange,
    PortalUser,
    Status,
)
from winbooks_identity.problems import NotOneOf
from winbooks_identity.refusals import NotAllowed
from winbooks_identity.role import NotForEndCustomers, NotForStaff, Role
from winbooks_identity.winbooks_id import WinBooksId


STAFF = attrs.evolve(EMPLOYEE, notify_all_dossiers=True)

END_CUSTOMER = attrs.evolve(
    STAFF, id=UUID(int=2), level=Level.USER, roles=frozenset({Role.VIEW_USER})
)
ADMINISTRATOR = attrs.evolve(STAFF, level=Level.ADMINISTRATOR)
INACTIVE = attrs.evolve(STAFF, status=Status.INACTIVE)
ON_WEB = attrs.evolve(STAFF, credential_source=CredentialSource.ON_WEB)
NEW_ID = WinBooksId("ada.lovelace@example.org")
TOMORROW = datetime(2026, 5, 2, tzinfo=UTC)
CHANGE = IdChange(winbooks_id=NEW_ID, expires_at=TOMORROW)
CHANGING = attrs.evolve(STAFF, id_change=CHANGE)


class TestTable:
    """
    The table says what can happen, and where it leads.
    """

    def test_an_active_user(self) -> None:
        """
        Everything but activation, and nothing ends where nothing waits.
        """
        possible = set(Step) - {
            Step.CREATE,
            Step.ACTIVATE,
            Step.CONFIRM_ID,
            Step.WITHDRAW_ID,
        }

        assert possible == set(legal_steps(STAFF))

    def test_an_inactive_user(self) -> None:
        """
        They are not deactivated again and changes no password themselves.  [R56, Q12]
        """
        possible = set(legal_steps(STAFF)) - {Step.DEACTIVATE, Step.CHANGE_PASSWORD}

        assert possible | {Step.ACTIVATE} == set(legal_steps(INACTIVE))

    def test_a_user_whose_id_changes(self) -> None:
        """
        The change can be confirmed or withdrawn.  [Q14]
        """
        ends = {Step.CONFIRM_ID, Step.WITHDRAW_ID}

        assert set(legal_steps(STAFF)) | ends == set(legal_steps(CHANGING))

    def test_steps_are_listed_in_one_order(self) -> None:
        """
        The order is that of `Step`, so a sentence reads the same each time.
        """
        assert sorted(legal_steps(CHANGING), key=list(Step).index) == list(
            legal_steps(CHANGING)
        )

    @pytest.mark.parametrize(
        "step,origin,target",
        [
            (Step.CREATE, State.ABSENT, State.ACTIVE),
            (Step.CREATE, State.ABSENT, State.INACTIVE),
            (Step.ACTIVATE, State.INACTIVE, State.ACTIVE),
            (Step.DEACTIVATE, State.ACTIVE, State.INACTIVE),
            (Step.ERASE, State.ACTIVE, State.ERASED),
            (Step.ERASE, State.INACTIVE, State.ERASED),
        ],
    )
    def test_a_step_that_leads_elsewhere(
        self, step: Step, origin: State, target: State
    ) -> None:
        """
        These are all of them.
        """
        elsewhere = [each for each in TRANSITIONS if each.origin is not each.target]

        assert (len(elsewhere), True) == (6, (origin, step, target) in elsewhere)

    def test_nothing_follows_the_erasure(self) -> None:
        """
        An erased person is not brought back.
        """
        assert [] == [each for each in TRANSITIONS if each.origin is State.ERASED]

    def test_every_step_is_in_the_table(self) -> None:
        """
        A step that is nowhere legal would be dead.
        """
        assert set(Step) == {each.step for each in TRANSITIONS}

    @pytest.mark.parametrize(
        "user,state", [(STAFF, State.ACTIVE), (INACTIVE, State.INACTIVE)]
    )
    def test_the_state_of_a_user(self, user: PortalUser, state: State) -> None:
        """
        It is their status.
        """
        assert state is state_of(user)


class TestStepNotAllowed:
    """
    An illegal step names the legal ones.
    """

    def test_the_problem_names_the_legal_steps(self) -> None:
        """
        By their names in the code.
        """
        with pytest.raises(NotAllowed) as caught:
            activate(STAFF)

        assert (
            StepNotAllowed(
                "activate",
                "deactivate, change_level, grant_dossiers, revoke_dossiers,"
                " grant_roles, revoke_roles, notify, rectify, reset_password,"
                " set_password, change_password, change_id, link_product,"
                " unlink_product, erase",
            ),
        ) == caught.value.problems

    @pytest.mark.parametrize(
        "locale,expected",
        [
            ("en", "“activate” is not possible now. Possible: deactivate, erase."),
            (
                "nl-BE",
                "\u2018activeren\u2019 is nu niet mogelijk. Wel mogelijk: deactiveren, wissen.",
            ),
            (
                "fr",
                "«\u202factiver\u202f» n\u2019est pas possible maintenant. Possible\u202f: désactiver, effacer.",
            ),
        ],
    )
    def test_the_sentence_names_them_in_words(self, locale: str, expected: str) -> None:
        """
        In the language of the reader.
        """
        problem = StepNotAllowed("activate", "deactivate, erase")

        assert expected == problem.message(locale)

    @pytest.mark.parametrize("step", Step)
    def test_every_step_has_a_label(self, step: Step) -> None:
        """
        In three languages.
        """
        labels = [step.label(locale) for locale in ("en", "nl", "fr")]

        assert (3, True) == (len(labels), all(labels))

    def test_a_legal_step_passes(self) -> None:
        """
        Nothing is raised.
        """
        ensure_allowed(STAFF, Step.ERASE)

    @pytest.mark.parametrize(
        "user,take",
        [
            (STAFF, activate),
            (INACTIVE, deactivate),
            (STAFF, confirm_id),
            (STAFF, withdraw_id),
        ],
    )
    def test_functions_keep_to_the_table(
        self, user: PortalUser, take: Callable[[PortalUser], PortalUser]
    ) -> None:
        """
        A step that the table lacks is refused, not ignored.
        """
        with pytest.raises(NotAllowed) as caught:
            take(user)

        assert [StepNotAllowed] == [type(each) for each in caught.value.problems]


class TestActivation:
    """
    Deactivation keeps all data, blocks the sign-in and is reversible.  [R56, Q12]
    """

    def test_activate(self) -> None:
        """
        He can sign in, and nothing else is new.
        """
        assert STAFF == activate(INACTIVE)

    def test_deactivate(self) -> None:
        """
        He cannot, and nothing is lost.
        """
        assert INACTIVE == deactivate(STAFF)


class TestLastAdministrator:
    """
    The last active Administrator of a licence stays one.  [Q12]
    """

    @pytest.mark.parametrize(
        "after",
        [
            attrs.evolve(ADMINISTRATOR, status=Status.INACTIVE),
            attrs.evolve(ADMINISTRATOR, level=Level.POWER_USER),
            None,
        ],
    )
    def test_alone(self, after: PortalUser | None) -> None:
        """
        They are neither deactivated nor demoted nor erased.
        """
        with pytest.raises(NotAllowed) as caught:
            ensure_administrator_left(ADMINISTRATOR, after, others=lambda: False)

        assert (LastAdministrator(),) == caught.value.problems

    @pytest.mark.parametrize(
        "after", [attrs.evolve(ADMINISTRATOR, status=Status.INACTIVE), None]
    )
    def test_with_another_one(self, after: PortalUser | None) -> None:
        """
        He may go.
        """
        ensure_administrator_left(ADMINISTRATOR, after, others=lambda: True)

    @pytest.mark.parametrize(
        "before,after",
        [
            (STAFF, None),
            (STAFF, INACTIVE),
            (attrs.evolve(ADMINISTRATOR, status=Status.INACTIVE), None),
            (ADMINISTRATOR, attrs.evolve(ADMINISTRATOR, dossiers=frozenset())),
        ],
    )
    def test_nobody_is_asked_where_it_does_not_matter(
        self, before: PortalUser, after: PortalUser | None
    ) -> None:
        """
        Others, inactive ones and other changes need no look around.
        """
        ensure_administrator_left(
            before, after, others=lambda: pytest.fail("nobody had to be asked")
        )


class TestLevel:
    """
    Staff stay staff, and end customers stay end customers.  [R21, R22, Q21]
    """

    @pytest.mark.parametrize("level", [Level.POWER_USER, Level.ADMINISTRATOR])
    def test_staff(self, level: Level) -> None:
        """
        Both levels of staff are possible, and nothing else changes.
        """
        assert attrs.evolve(STAFF, level=level) == change_level(STAFF, level)

    @pytest.mark.parametrize(
        "user,level,allowed",
        [
            (STAFF, Level.USER, "Power User, Administrator"),
            (END_CUSTOMER, Level.POWER_USER, "User"),
            (END_CUSTOMER, Level.ADMINISTRATOR, "User"),
        ],
    )
    def test_the_other_kind(self, user: PortalUser, level: Level, allowed: str) -> None:
        """
        Roles and duties differ: the problem is that of the form's field.
        """
        with pytest.raises(InvalidFields) as caught:
            change_level(user, level)

        assert {"level": (NotOneOf(allowed),)} == caught.value.by_field


class TestDossiers:
    """
    A dossier extends the user; one taken away is silent.  [R41, R43, R73]
    """

    def test_grant(self) -> None:
        """
        He keeps what they have, and gets notices of the new one as of the old.
        """
        after = grant_dossiers(STAFF, {"1001", "1002"})

        assert frozenset({"1001", "1002"}) == after.notified_dossiers

    def test_grant_twice(self) -> None:
        """
        What they have makes no difference.  [R53]
        """
        assert STAFF == grant_dossiers(STAFF, {"1001"})

    def test_revoke(self) -> None:
        """
        Its notices end with it.  [R43]
        """
        both = attrs.evolve(STAFF, dossiers=frozenset({"1001", "1002"}))

        assert STAFF == revoke_dossiers(both, {"1002", "1003"})

    def test_staff_may_have_none(self) -> None:
        """
        As at their creation.  [R39]
        """
        assert frozenset() == revoke_dossiers(STAFF, {"1001"}).dossiers

    def test_an_end_customer_keeps_one(self) -> None:
        """
        As at their creation.  [R38]
        """
        with pytest.raises(InvalidFields) as caught:
            revoke_dossiers(END_CUSTOMER, {"1001"})

        assert {"dossiers": (DossierRequired(),)} == caught.value.by_field


class TestRoles:
    """
    Roles are given and taken later; doing it twice changes nothing.  [R53]
    """

    def test_grant(self) -> None:
        """
        The role comes on top.
        """
        after = grant_roles(STAFF, {Role.CONNECT_ACCOUNTANT})

        assert frozenset({Role.VIEW_ADMIN, Role.CONNECT_ACCOUNTANT}) == after.roles

    def test_grant_twice(self) -> None:
        """
        Nothing changes.
        """
        assert STAFF == grant_roles(STAFF, {Role.VIEW_ADMIN})

    def test_revoke(self) -> None:
        """
        What they do not have makes no difference.
        """
        after = revoke_roles(STAFF, {Role.VIEW_ADMIN, Role.CONNECT_ACCOUNTANT})

        assert frozenset() == after.roles

    def test_roles_of_end_customers(self) -> None:
        """
        They are not for staff.  [R47]
        """
        with pytest.raises(InvalidFields) as caught:
            grant_roles(STAFF, {Role.VIEW_USER})

        assert {"roles": (NotForStaff("View.User"),)} == caught.value.by_field

    def test_roles_of_staff(self) -> None:
        """
        They are not for end customers.  [R48]
        """
        with pytest.raises(InvalidFields) as caught:
            grant_roles(END_CUSTOMER, {Role.VIEW_ADMIN})

        assert {"roles": (NotForEndCustomers("View.Admin"),)} == caught.value.by_field

    def test_the_last_role_of_an_end_customer(self) -> None:
        """
        He keeps one.  [R51]
        """
        with pytest.raises(InvalidFields) as caught:
            revoke_roles(END_CUSTOMER, {Role.VIEW_USER})

        assert {"roles": (RoleRequired(),)} == caught.value.by_field


class TestNotify:
    """
    The box is remembered, for what he opens now and later.  [R41, R42, Q19]
    """

    def test_untick_and_grant(self) -> None:
        """
        A dossier that comes later is as silent as the others.
        """
        after = grant_dossiers(notify(STAFF, all_dossiers=False), {"1002"})

        assert frozenset() == after.notified_dossiers

    def test_tick(self) -> None:
        """
        They are as before.
        """
        silent = notify(STAFF, all_dossiers=False)

        assert STAFF == notify(silent, all_dossiers=True)


class TestRectify:
    """
    What is wrong about a person is put right without touching their rights.
    """

    def test_every_detail(self) -> None:
        """
        All five are replaced, and nothing else.
        """
        details = Details(
            first_name=PersonName("Augusta"),
            last_name=PersonName("King"),
            company_name=CompanyName("Analytical Engines NV"),
            language=Language.FRENCH,
            phone=PhoneNumber("+32470123456"),
        )

        assert attrs.evolve(
            STAFF,
            first_name=PersonName("Augusta"),
            last_name=PersonName("King"),
            company_name=CompanyName("Analytical Engines NV"),
            language=Language.FRENCH,
            phone=PhoneNumber("+32470123456"),
        ) == rectify(STAFF, details)

    def test_the_present_details(self) -> None:
        """
        What is shown in a form and saved unchanged changes nothing.
        """
        assert STAFF == rectify(STAFF, Details.of(STAFF))


class TestChangeId:
    """
    A new WinBooks ID counts once its address is confirmed.  [Q14]
    """

    def test_it_waits(self) -> None:
        """
        Until then the present one stays.
        """
        assert CHANGING == change_id(STAFF, CHANGE)

    def test_another_one_replaces_it(self) -> None:
        """
        Only the latest waits.
        """
        other = WinBooksId("countess@example.org")

        change = IdChange(winbooks_id=other, expires_at=TOMORROW)

        assert change == change_id(CHANGING, change).id_change

    def test_confirmed(self) -> None:
        """
        The person, their internal key and their rights stay.
        """
        proven = attrs.evolve(STAFF, winbooks_id=NEW_ID, address_proven=True)

        assert proven == confirm_id(CHANGING)

    def test_withdrawn(self) -> None:
        """
        Everything is as before.
        """
        assert STAFF == withdraw_id(CHANGING)


class TestOnWeb:
    """
    Login and password of an on Web user are changed in WinBooks on Web.  [Q10, Q14]
    """

    @pytest.mark.parametrize(
        "step",
        [
            Step.RESET_PASSWORD,
            Step.SET_PASSWORD,
            Step.CHANGE_PASSWORD,
            Step.CHANGE_ID,
            Step.CONFIRM_ID,
        ],
    )
    def test_the_reason_is_told(self, step: Step) -> None:
        """
        It is not that the step is unknown.
        """
        with pytest.raises(NotAllowed) as caught:
            ensure_allowed(ON_WEB, step)

        assert (CredentialsOnWeb(),) == caught.value.problems

    def test_another_illegal_step(self) -> None:
        """
        It names the legal ones, which are those without login and password.
        """
        with pytest.raises(NotAllowed) as caught:
            activate(ON_WEB)

        assert (
            StepNotAllowed(
                "activate",
                "deactivate, change_level, grant_dossiers, revoke_dossiers,"
                " grant_roles, revoke_roles, notify, rectify, link_product,"
                " unlink_product, erase",
            ),
        ) == caught.value.problems

    def test_a_change_that_waited_is_not_confirmed(self) -> None:
        """
        Their login is on Web's by now.
        """
        with pytest.raises(NotAllowed) as caught:
            confirm_id(attrs.evolve(ON_WEB, id_change=CHANGING.id_change))

        assert (CredentialsOnWeb(),) == caught.value.problems


class TestDrawing:
    """
    The drawing in the documentation is the table.
    """

    def test_it_is_up_to_date(self) -> None:
        """
        If not, run ``python docs/explanation/draw_life_cycle.py``.
        """
        folder = Path(__file__).parent.parent / "docs" / "explanation"
        script = runpy.run_path(str(folder / "draw_life_cycle.py"))
        page = (folder / "life-cycle.md").read_text("utf-8")

        assert script["redrawn"](page) == page


class TestDecisionsCarryTheirSteps:
    """
    A step cannot travel with what another one makes of a user.
    """

    @pytest.mark.parametrize(
        "step", [each for each in Step if hasattr(life_cycle, each.value)]
    )
    def test_the_step_of_a_decision(self, step: Step) -> None:
        """
        The history names what was really done.
        """
        decision = getattr(life_cycle, step.value)

        assert step is decision.step
        assert step is StepToTake.of(decision).step
