"""
An office becomes what its file says, by the plans and the execution of a feed.
"""

from typing import Any, Final

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office_files import (
    BY,
    OFFICE,
    WITHOUT_LIMITS,
    File,
    apply,
    customer,
    plan_of,
    portal_on,
    register,
    staff,
    users_of,
)
from people import GRACE, LICENCE, NOW
from winbooks_identity.adapters.memory import InMemoryStorage
from winbooks_identity.authorization import Actor, Distributor, WinBooksAdministration
from winbooks_identity.dossier import Dossier
from winbooks_identity.forms.provisioning_file import Office
from winbooks_identity.level import Level
from winbooks_identity.life_cycle import Step
from winbooks_identity.names import CompanyName
from winbooks_identity.portal import Portal
from winbooks_identity.product_links import LinkedProduct
from winbooks_identity.refusals import (
    LicenceDiffers,
    NotAuthorised,
    NotSynchronised,
    PlanOutOfDate,
    UnknownLicence,
)
from winbooks_identity.synchronisation import (
    Action,
    CreateFromForm,
    FieldChange,
    Limits,
    OfficeFields,
    OfficePlan,
    Options,
    Plan,
    PlanFiles,
    Update,
    plan_office,
)
from winbooks_identity.synchronisation.carrying_out import Execution
from winbooks_identity.testing.steps import Steps, fail_each_step
from winbooks_identity.winbooks_id import WinBooksId


@pytest.fixture
def portal() -> Portal:
    """
    Return an office that is as its file says.
    """
    made = portal_on(InMemoryStorage())
    register(made)
    apply(made, OFFICE)
    return made


def codes(plan: OfficePlan) -> dict[str, list[str]]:
    """
    Return who is not followed, and why.
    """
    return {
        str(finding.winbooks_id).partition("@")[0]: [
            reason.code for reason in finding.reasons
        ]
        for finding in plan.people.conflicts
    }


def fields(plan: OfficePlan) -> list[FieldChange]:
    """
    Return what changes in the one user of the plan.
    """
    (change,) = plan.people.changes
    return list(change.fields)


def steps(portal: Portal, name: str) -> list[Step]:
    """
    Return what happened to a user after their creation.
    """
    user = users_of(portal)[name]
    history = portal.administration.history(user.id, by=BY)
    assert [event.version for event in history] == list(range(1, user.version + 1))
    return [event.step for event in history[1:]]


class TestPlan:
    """
    What would change is said field by field, and nothing does.  [S50]
    """

    def test_everybody_is_new_without_a_database(self) -> None:
        """
        The same function plans before there is anything.
        """
        plan = plan_office(OFFICE.office, by=BY)

        assert 3 == len(plan.people.changes)
        assert {Action.CREATE} == {each.action for each in plan.people.changes}
        assert ["1001", "1002"] == [each.number for each in plan.licence.added]
        assert not plan.changes_what_is_stored

    def test_what_is_as_it_should_be(self, portal: Portal) -> None:
        """
        It asks for nothing.
        """
        plan = plan_of(portal, OFFICE)

        assert () == plan.people.changes
        assert 3 == plan.people.unchanged
        assert not plan.changes_what_is_stored

    @pytest.mark.parametrize(
        "asked, changed",
        [
            ({"first_name": "Augusta"}, [("first_name", "Ada", "Augusta")]),
            ({"phone": "+3225123456"}, [("phone", "", "+3225123456")]),
            ({"language": "fr"}, [("language", "nl", "fr")]),
            ({"level": "Administrator"}, [("level", "Power User", "Administrator")]),
            ({"activate": False}, [("status", "active", "inactive")]),
            ({"dossiers": ["1002"]}, [("dossiers", "1001", "1002")]),
            (
                {"roles": ["View.Admin", "Connect.Accountant"]},
                [("roles", "View.Admin", "Connect.Accountant, View.Admin")],
            ),
            ({"notify_all_dossiers": True}, [("notify_all_dossiers", "no", "yes")]),
            (
                {"company_name": "Lovelace BV"},
                [("company_name", "Fiduciaire Peeters", "Lovelace BV")],
            ),
        ],
    )
    def test_a_field(
        self,
        portal: Portal,
        asked: dict[str, Any],
        changed: list[tuple[str, str, str]],
    ) -> None:
        """
        Every field that the file decides.
        """
        plan = plan_of(portal, OFFICE.having(ada=asked))

        assert changed == [tuple(each) for each in fields(plan)]
        assert plan.changes_what_is_stored

    def test_a_password_and_a_mail_are_for_new_users(self, portal: Portal) -> None:
        """
        Nothing is reset by a file.
        """
        file = OFFICE.having(ada={"send_credentials": True})

        assert () == plan_of(portal, file).people.changes

    def test_another_spelling_is_nothing_new(self, portal: Portal) -> None:
        """
        The registered spelling of an address stays.  [R4]
        """
        file = File(people={**OFFICE.people, "Ada": OFFICE.people["ada"]}).without(
            "ada"
        )

        assert () == plan_of(portal, file).people.changes

    def test_the_table(self, portal: Portal) -> None:
        """
        A plan reads as that of a feed does.
        """
        file = OFFICE.having(ada={"activate": False}, new=customer())

        rows = [*plan_of(portal, file).people.rows("en")]

        assert [
            ("create", "new@example.org"),
            ("deactivate", "ada@example.org"),
        ] == [(row.action, row.winbooks_id) for row in rows]
        assert "status: active → not active" == rows[1].detail

    def test_a_conflict_in_the_table(self, portal: Portal) -> None:
        """
        It has the line of the file in place of an external id.
        """
        file = OFFICE.having(joan={"level": "Power User", "roles": []})

        (row,) = plan_of(portal, file).people.rows("en")

        assert "#" == row.external_id[0]

    def test_only_a_feed_is_saved(self, portal: Portal) -> None:
        """
        The file itself can be kept.
        """
        files = PlanFiles([b"k" * 32])
        for file in (
            OFFICE.having(ada={"phone": "+3225123456"}),
            OFFICE.having(n=staff()),
        ):
            with pytest.raises(TypeError, match="feed"):
                files.dump(plan_of(portal, file).people)


class TestConflicts:
    """
    What a rule forbids is found before anything is done.
    """

    def test_staff_stay_staff(self, portal: Portal) -> None:
        """
        And end customers that.  [Q21]
        """
        file = OFFICE.having(
            ada=customer(), joan=staff(roles=["View.Admin"], dossiers=[])
        )

        found = codes(plan_of(portal, file))

        assert {"ada", "joan"} == found.keys()

    def test_the_last_administrator(self, portal: Portal) -> None:
        """
        Is neither demoted nor deactivated.  [R27, Q12]
        """
        for lost in ({"level": "Power User"}, {"activate": False}):
            found = codes(plan_of(portal, OFFICE.having(boss=lost)))

            assert {"boss": ["life_cycle.last_administrator"]} == found

    def test_one_of_two_administrators(self, portal: Portal) -> None:
        """
        Goes once the other is there, whatever the order of the file.
        """
        file = OFFICE.having(
            boss={"level": "Power User"}, ada={"level": "Administrator"}
        )

        assert [("ada", "done"), ("boss", "done")] == apply(portal, file)

    def test_a_new_administrator_takes_over(self, portal: Portal) -> None:
        """
        New ones are there before others leave.
        """
        file = OFFICE.having(boss={"activate": False}, new=staff("Administrator"))

        assert [("new", "done"), ("boss", "done")] == apply(portal, file)

    def test_a_new_administrator_who_is_not_active(self, portal: Portal) -> None:
        """
        Takes nothing over.
        """
        new = staff("Administrator", activate=False)
        file = OFFICE.having(boss={"activate": False}, new=new)

        assert ["boss"] == [*codes(plan_of(portal, file))]

    def test_an_id_of_another_licence(self, portal: Portal) -> None:
        """
        It has an owner.  [R3]
        """
        other = attrs.evolve(LICENCE, number="WB-2")
        portal.storage.run(lambda unit: unit.licences.register(other, []))
        stranger = attrs.evolve(
            GRACE, licence="WB-2", dossiers=frozenset[str](), roles=frozenset()
        )
        portal.storage.run(lambda unit: unit.users.add(stranger))

        found = codes(plan_of(portal, OFFICE.having(grace=staff())))

        assert {"grace": ["winbooks_id.taken"]} == found

    def test_an_id_that_is_held_back(self, portal: Portal) -> None:
        """
        The plan says so, not only the creation.  [S34]
        """
        portal.administration.erase(users_of(portal)["joan"], by=BY)

        plan = plan_of(portal, OFFICE)
        assert {"joan": ["winbooks_id.held_back_until"]} == codes(plan)
        (conflict,) = plan.people.conflicts
        assert "2026-07-30" in conflict.reasons[0].message()

    def test_an_id_that_a_product_holds_back(self, portal: Portal) -> None:
        """
        No one knows until when.  [S34]
        """
        joan = users_of(portal)["joan"]
        portal.linking.link(LinkedProduct.VIEW, joan.winbooks_id, by=joan)
        moved = portal.logins.replace_id(
            users_of(portal)["joan"], WinBooksId("moved@example.org"), by=BY
        )
        later = attrs.evolve(portal, clock=lambda: NOW + portal.held_back)

        assert moved.id == joan.id
        assert {"joan": ["winbooks_id.held_back"]} == codes(plan_of(later, OFFICE))

    def test_another_product(self, portal: Portal) -> None:
        """
        No file moves a licence.
        """
        text = File().text.replace('"Classic"', '"on Web"')

        with pytest.raises(LicenceDiffers):
            portal.offices.plan(Office.parse(text), by=BY)

    @pytest.mark.parametrize("by", [Distributor("WB-2"), WinBooksAdministration()])
    def test_an_actor_of_elsewhere(self, portal: Portal, by: Actor) -> None:
        """
        Neither looks nor changes.  [R28]
        """
        with pytest.raises(NotAuthorised):
            portal.offices.plan(OFFICE.office, by=by)
        with pytest.raises(NotAuthorised):
            portal.offices.apply(plan_of(portal, OFFICE), by=by)


class TestActivation:
    """
    Who cannot sign in comes back where the file says so.  [S50]
    """

    def test_said(self, portal: Portal) -> None:
        """
        A person wrote it.
        """
        apply(portal, OFFICE.having(ada={"activate": False}))

        assert [("ada", "done")] == apply(portal, OFFICE)
        assert users_of(portal)["ada"].is_active

    def test_not_said(self, portal: Portal) -> None:
        """
        That a box is ticked by default brings no one back.
        """
        portal.administration.deactivate(users_of(portal)["ada"], by=BY)
        silent = {k: v for k, v in OFFICE.people["ada"].items() if k != "activate"}
        file = attrs.evolve(OFFICE, people={**OFFICE.people, "ada": silent})

        plan = plan_of(portal, file)

        (held,) = plan.people.held
        assert () == plan.people.changes
        assert ["synchronisation.activation_not_said"] == [
            reason.code for reason in held.reasons
        ]

    def test_not_said_but_asked(self, portal: Portal) -> None:
        """
        For all of a file at once.
        """
        portal.administration.deactivate(users_of(portal)["ada"], by=BY)
        silent = {k: v for k, v in OFFICE.people["ada"].items() if k != "activate"}
        file = attrs.evolve(OFFICE, people={**OFFICE.people, "ada": silent})

        assert [("ada", "done")] == apply(portal, file, Options(reactivate=True))

    def test_not_said_and_another_field(self, portal: Portal) -> None:
        """
        The rest is followed.
        """
        portal.administration.deactivate(users_of(portal)["ada"], by=BY)
        silent = {k: v for k, v in OFFICE.people["ada"].items() if k != "activate"}
        changed = {**silent, "phone": "+3225123456"}
        file = attrs.evolve(OFFICE, people={**OFFICE.people, "ada": changed})

        assert [("phone", "", "+3225123456")] == fields(plan_of(portal, file))

    def test_a_person_deactivates(self, portal: Portal) -> None:
        """
        So no feed brings them back.  [S30]
        """
        apply(portal, OFFICE.having(ada={"activate": False}))

        assert not users_of(portal)["ada"].deactivated_by_feed

    def test_the_time_of_a_password_begins(self, portal: Portal) -> None:
        """
        That of one that was handed over, as with the command.  [S5]
        """
        apply(portal, OFFICE.having(new=staff(activate=False)))
        user = users_of(portal)["new"]

        def ends() -> object:
            found = portal.storage.run(lambda unit: unit.credentials.find(user.id))
            assert found is not None
            return found.expires_at

        before = ends()
        apply(portal, OFFICE.having(new=staff()))

        assert (None, NOW + portal.handed_over_lifetime) == (before, ends())


class TestAbsent:
    """
    Who is stored and not in the file is reported, and left alone unless asked.
    """

    def test_reported(self, portal: Portal) -> None:
        """
        Whether they are active or not.
        """
        portal.administration.deactivate(users_of(portal)["joan"], by=BY)
        file = OFFICE.without("joan").without("ada")

        plan = plan_of(portal, file)

        assert () == plan.people.changes
        assert {"ada@example.org", "joan@example.org"} == {
            str(user.winbooks_id) for user in plan.absent
        }

    def test_deactivated_on_request(self, portal: Portal) -> None:
        """
        They keep everything else.
        """
        options = attrs.evolve(WITHOUT_LIMITS, deactivate=True)

        assert [("joan", "done")] == apply(portal, OFFICE.without("joan"), options)
        joan = users_of(portal)["joan"]
        assert not joan.is_active
        assert not joan.deactivated_by_feed
        assert {"1001"} == joan.dossiers

    def test_the_last_administrator_stays(self, portal: Portal) -> None:
        """
        And is told of.
        """
        options = attrs.evolve(WITHOUT_LIMITS, deactivate=True)
        plan = plan_of(portal, OFFICE.without("boss").without("joan"), options)

        (kept,) = plan.people.kept
        assert ["joan@example.org"] == [
            str(change.winbooks_id) for change in plan.people.changes
        ]
        assert WinBooksId("boss@example.org") == kept.winbooks_id

    def test_a_user_sees_whom_they_may_see(self, portal: Portal) -> None:
        """
        An end customer does not learn who else is there.  [S2]
        """
        joan = users_of(portal)["joan"]

        plan = portal.offices.plan(File().office, by=joan)

        assert (joan,) == plan.absent


class TestLimits:
    """
    A plan that changes too much is looked at, and not carried out.  [Q17]
    """

    def test_too_many(self, portal: Portal) -> None:
        """
        Deactivations and activations have the limits of a feed.
        """
        many = {f"user{number}": staff() for number in range(4)}
        none = {name: {"activate": False} for name in many}
        apply(portal, OFFICE.having(**many))

        plan = plan_of(portal, OFFICE.having(**many).having(**none), Options())

        assert ["synchronisation.too_many_deactivations"] == [
            reason.code for reason in plan.people.quarantine
        ]
        with pytest.raises(NotSynchronised):
            portal.offices.apply(plan, by=BY)
        apply(portal, OFFICE.having(**many).having(**none))
        back = plan_of(portal, OFFICE.having(**many), Options())
        assert ["synchronisation.too_many_reactivations"] == [
            reason.code for reason in back.people.quarantine
        ]

    def test_an_empty_file(self, portal: Portal) -> None:
        """
        It is taken for a mistake, where it would deactivate.
        """
        limits = Limits(floor=10, percentage=0, count=10)
        plan = plan_of(portal, File(), Options(deactivate=True, limits=limits))

        assert ["synchronisation.empty_snapshot"] == [
            reason.code for reason in plan.people.quarantine
        ]
        assert () == plan_of(portal, File()).people.quarantine

    def test_additions_are_no_changes(self, portal: Portal) -> None:
        """
        Without the changes, the plan is carried out.
        """
        many = {f"user{number}": staff() for number in range(4)}
        none = {name: {"activate": False} for name in many}
        apply(portal, OFFICE.having(**many))
        file = OFFICE.having(**many).having(**none, new=staff())

        plan = plan_of(portal, file, Options()).additions_only

        outcomes = [*portal.offices.apply(plan, by=BY)]
        assert ["new@example.org"] == [str(o.change.winbooks_id) for o in outcomes]


class TestApply:
    """
    The same steps as the commands take, with their rights and their history.
    """

    def test_the_history(self, portal: Portal) -> None:
        """
        Each step has an event of its own.
        """
        changed = {
            "level": "Administrator",
            "activate": False,
            "last_name": "King",
            "dossiers": ["1002"],
            "roles": ["Connect.Accountant"],
            "notify_all_dossiers": True,
        }
        apply(portal, OFFICE.having(ada=changed))

        assert [
            Step.RECTIFY,
            Step.CHANGE_LEVEL,
            Step.GRANT_ROLES,
            Step.REVOKE_ROLES,
            Step.GRANT_DOSSIERS,
            Step.REVOKE_DOSSIERS,
            Step.NOTIFY,
            Step.DEACTIVATE,
        ] == steps(portal, "ada")

    def test_end_customers_are_never_without_anything(self, portal: Portal) -> None:
        """
        What is given comes before what is taken.  [R38, R51]
        """
        file = OFFICE.having(
            joan={"dossiers": ["1002"], "roles": ["Connect.Entrepreneur"]}
        )

        assert [("joan", "done")] == apply(portal, file)

    def test_twice(self, portal: Portal) -> None:
        """
        The second time there is nothing to do.
        """
        file = OFFICE.having(ada={"last_name": "King", "dossiers": ["1002"]})
        apply(portal, file)
        before = users_of(portal)

        assert [] == apply(portal, file)
        assert before == users_of(portal)

    def test_an_old_plan_is_taken_up_again(self, portal: Portal) -> None:
        """
        What is done is not done again.
        """
        file = OFFICE.having(ada={"last_name": "King"}, new=staff())
        plan = plan_of(portal, file)
        first = [each.result.value for each in portal.offices.apply(plan, by=BY)]

        again = [each.result.value for each in portal.offices.apply(plan, by=BY)]

        assert (["done"] * 2, ["done_before"] * 2) == (first, again)

    def test_a_plan_that_was_overtaken(self, portal: Portal) -> None:
        """
        Nothing of it is done.
        """
        plan = plan_of(portal, OFFICE.having(ada={"last_name": "King"}))
        apply(portal, OFFICE.having(ada={"last_name": "Byron"}))

        with pytest.raises(PlanOutOfDate):
            portal.offices.apply(plan, by=BY)

    def test_an_administrator(self, portal: Portal) -> None:
        """
        Their own rights go last.
        """
        apply(portal, OFFICE.having(ada={"level": "Administrator"}))
        ada = users_of(portal)["ada"]
        file = OFFICE.having(boss={"first_name": "B."}, ada={"level": "Power User"})

        plan = portal.offices.plan(file.office, by=ada, options=WITHOUT_LIMITS)
        outcomes = [*portal.offices.apply(plan, by=ada)]

        assert ["boss@example.org", "ada@example.org"] == [
            str(each.change.winbooks_id) for each in outcomes
        ]
        assert {"done"} == {each.result.value for each in outcomes}
        assert Level.POWER_USER is users_of(portal)["ada"].level

    def test_a_power_user_learns_nothing_of_colleagues(self, portal: Portal) -> None:
        """
        That something is stored otherwise, and not what.  [R29, S2]
        """
        ada = users_of(portal)["ada"]
        file = OFFICE.having(
            boss={"phone": "+3225123456"}, joan={"phone": "+3225123456"}
        )

        plan = portal.offices.plan(file.office, by=ada)

        (change,) = plan.people.changes
        assert ["boss"] == [*codes(plan)]
        assert "joan@example.org" == str(change.winbooks_id)
        assert ["done"] == [
            each.result.value for each in portal.offices.apply(plan, by=ada)
        ]

    def test_a_power_user_makes_no_colleague(self, portal: Portal) -> None:
        """
        The plan says so.  [R29]
        """
        ada = users_of(portal)["ada"]
        file = OFFICE.having(new=staff())

        plan = portal.offices.plan(file.office, by=ada)

        assert {"new": ["authorization.end_customers_only"]} == codes(plan)

    def test_rights_that_were_lost_meanwhile(self, portal: Portal) -> None:
        """
        One refusal stops no other, and nothing of it is half done.  [S3]
        """
        apply(portal, OFFICE.having(ada={"level": "Administrator"}))
        ada = users_of(portal)["ada"]
        file = OFFICE.having(
            ada={"level": "Administrator"},
            joan={"phone": "+3225123456", "dossiers": ["1002"]},
        )
        plan = portal.offices.plan(file.office, by=ada)
        outcomes = portal.offices.apply(plan, by=ada)
        apply(portal, OFFICE.having(ada={"level": "Power User", "dossiers": []}))

        (outcome,) = outcomes

        assert "refused" == outcome.result.value
        assert [] == steps(portal, "joan")

    def test_a_new_user_who_is_refused(self, portal: Portal) -> None:
        """
        By the policy of the portal, and by an ID that was taken.
        """
        text = OFFICE.having(new=staff(), other=staff()).text
        typed = text.replace("generate_password = true", 'password = "Correct-Horse-1"')
        plan = portal.offices.plan(Office.parse(typed), by=BY)
        outcomes = portal.offices.apply(plan, by=BY)
        apply(portal, OFFICE.having(other=staff()))
        strict = attrs.evolve(portal, policy=attrs.evolve(portal.policy, min_length=30))

        refused = [
            *strict.offices.apply(attrs.evolve(plan, people=_only(plan, "new")), by=BY)
        ]
        results = [each.result.value for each in outcomes]

        assert ["refused"] == [each.result.value for each in refused]
        assert ["password.too_short"] == [each.code for each in refused[0].problems]
        assert ["done", "refused"] == results

    def test_forms_need_a_service(self, portal: Portal) -> None:
        """
        The execution of a feed creates no one from a form.
        """
        plan = plan_of(portal, OFFICE.having(new=staff())).people
        execution = Execution(
            storage=portal.storage,
            held_back=portal.held_back,
            clock=portal.clock,
            new_id=portal.new_id,
        )

        with pytest.raises(TypeError):
            next(execution.carry_out(plan, LICENCE, frozenset(), by=BY))


def _only(plan: OfficePlan, name: str) -> Plan:
    changes = [
        each
        for each in plan.people.changes
        if each.winbooks_id == WinBooksId(f"{name}@example.org")
    ]
    return attrs.evolve(plan.people, changes=changes)


class TestLicence:
    """
    Names of the licence and its dossiers follow the file too.  [S41, S50]
    """

    def test_names(self, portal: Portal) -> None:
        """
        Before and after are in the plan; those who carry the name follow.
        """
        file = attrs.evolve(
            OFFICE,
            holder="Peeters & Maes",
            language="fr",
            dossiers={"1001": "Bakkerij Claes", "1002": "Garage", "1003": "Nieuw"},
        )

        plan = plan_of(portal, file)
        apply(portal, file)

        revision = plan.licence
        assert ["holder", "language"] == [*revision.fields]
        assert ["1003"] == [each.number for each in revision.added]
        assert [("Bakkerij", "Bakkerij Claes")] == [
            (str(before.name), str(after.name)) for before, after in revision.renamed
        ]
        licence = portal.provisioning.licence(by=BY)
        assert ("Peeters & Maes", "fr") == (str(licence.holder), licence.language.value)
        assert ["Bakkerij Claes", "Garage", "Nieuw"] == [
            str(each.name) for each in portal.provisioning.dossiers(by=BY)
        ]
        assert () == plan_of(portal, file).people.changes

    def test_a_dossier_that_is_not_named(self, portal: Portal) -> None:
        """
        It stays, with everybody's access.
        """
        file = attrs.evolve(OFFICE, dossiers={"1001": "Bakkerij"})

        plan = plan_of(portal, file)
        apply(portal, file)

        assert ["1002"] == [each.number for each in plan.licence.unnamed]
        assert 2 == len(portal.provisioning.dossiers(by=BY))

    def test_additions_only(self, portal: Portal) -> None:
        """
        New dossiers are there for new people, and names stay.
        """
        file = attrs.evolve(
            OFFICE,
            holder="Peeters & Maes",
            dossiers={"1001": "Bakkerij Claes", "1003": "Nieuw"},
        ).having(new=customer(dossiers=["1003"]))

        outcomes = portal.offices.apply(plan_of(portal, file).additions_only, by=BY)

        assert ["done"] == [each.result.value for each in outcomes]
        assert LICENCE == portal.provisioning.licence(by=BY)
        assert ["Bakkerij", "Garage", "Nieuw"] == [
            str(each.name) for each in portal.provisioning.dossiers(by=BY)
        ]

    def test_users_rename_nothing(self, portal: Portal) -> None:
        """
        Only WinBooks and the distributor do.  [S41]
        """
        boss = users_of(portal)["boss"]
        plan = portal.offices.plan(attrs.evolve(OFFICE, holder="Other").office, by=boss)

        with pytest.raises(NotAuthorised):
            portal.offices.apply(plan, by=boss)

    def test_users_add_no_dossiers(self, portal: Portal) -> None:
        """
        Who would need one is refused.  [R32, R37]
        """
        boss = users_of(portal)["boss"]
        file = attrs.evolve(OFFICE, dossiers={**OFFICE.dossiers, "1003": "Nieuw"})
        file = file.having(new=customer(dossiers=["1003"]))

        outcomes = portal.offices.apply(
            portal.offices.plan(file.office, by=boss), by=boss
        )

        assert [("dossier.not_in_licence",)] == [
            tuple(problem.code for problem in each.problems) for each in outcomes
        ]

    def test_it_has_to_be_registered(self) -> None:
        """
        In the name of WinBooks administration.  [R32]
        """
        portal = portal_on(InMemoryStorage())

        with pytest.raises(UnknownLicence):
            portal.offices.apply(plan_of(portal, File(dossiers={})), by=BY)
        with pytest.raises(UnknownLicence):
            portal.offices.apply(plan_of(portal, File()), by=BY)

    def test_revise(self, portal: Portal) -> None:
        """
        The service says what was made of what was stored.
        """
        new = Dossier(number="1009", name=CompanyName("New"))

        revised = portal.licences.revise(LICENCE, [new], by=BY)

        assert (new,) == revised.added
        assert not revised.contradicts


class TestCrash:
    """
    Whatever a run dies of, the next one ends where it would have ended.
    """

    @pytest.mark.slow  # More than a hundred runs.
    def test_at_each_step(self) -> None:
        """
        Of everything that a port is asked.
        """
        file = attrs.evolve(OFFICE, holder="Peeters & Maes").having(
            boss={"level": "Power User"},
            ada={"level": "Administrator", "dossiers": ["1002"], "roles": []},
            joan={"activate": False},
            new=customer(dossiers=["1002"]),
        )

        def scenario(steps: Steps) -> None:
            storage = InMemoryStorage()
            register(portal_on(storage))
            apply(portal_on(storage), OFFICE)
            with steps.until_crash():
                apply(portal_on(steps.watch(storage)), file)
            portal = portal_on(storage)
            apply(portal, file)

            assert expected(portal, file) == actual(portal)
            assert () == plan_of(portal, file).people.changes
            assert not plan_of(portal, file).licence.contradicts
            for user in users_of(portal).values():
                history = portal.administration.history(user.id, by=BY)
                assert user.version == history[-1].version

        assert fail_each_step(scenario) > 60


# Any change of a file

NAMES: Final = ("boss", "ada", "grace", "joan", "mary")
NUMBERS: Final = ("1001", "1002", "1003")

staff_changes: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {},
    optional={
        "level": st.sampled_from(["Power User", "Administrator"]),
        "activate": st.booleans(),
        "last_name": st.sampled_from(["King", "Byron"]),
        "phone": st.sampled_from(["+3225123456", "+32470123456"]),
        "language": st.sampled_from(["nl", "fr"]),
        "dossiers": st.lists(st.sampled_from(NUMBERS), unique=True),
        "roles": st.lists(
            st.sampled_from(["View.Admin", "Connect.Accountant"]), unique=True
        ),
        "notify_all_dossiers": st.booleans(),
    },
)
customer_changes: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {},
    optional={
        "activate": st.booleans(),
        "first_name": st.sampled_from(["Jo", "Joan"]),
        "dossiers": st.lists(st.sampled_from(NUMBERS), min_size=1, unique=True),
        "roles": st.lists(
            st.sampled_from(["View.User", "Connect.Entrepreneur"]),
            min_size=1,
            unique=True,
        ),
    },
)
files = st.builds(
    File,
    holder=st.sampled_from(["Fiduciaire Peeters", "Peeters & Maes"]),
    dossiers=st.fixed_dictionaries(
        {number: st.sampled_from(["Bakkerij", "Garage"]) for number in NUMBERS}
    ),
    people=st.fixed_dictionaries(
        {"boss": st.builds(staff, st.just("Administrator"))},
        optional={
            "ada": st.builds(lambda given: staff(**given), staff_changes),
            "grace": st.builds(lambda given: staff(**given), staff_changes),
            "joan": st.builds(lambda given: customer(**given), customer_changes),
            "mary": st.builds(lambda given: customer(**given), customer_changes),
        },
    ),
)


def expected(portal: Portal, file: File) -> dict[str, OfficeFields]:
    """
    Return what the file says, and of whom it says nothing what is stored.
    """
    said = {
        str(person.new.winbooks_id).partition("@")[0]: OfficeFields.of_new(person.new)
        for person in file.office.people
    }
    return {**actual(portal), **said}


def actual(portal: Portal) -> dict[str, OfficeFields]:
    """
    Return what is stored of everybody.
    """
    return {name: OfficeFields.of(user) for name, user in users_of(portal).items()}


@settings(max_examples=25, deadline=None)
@given(several=st.lists(files, min_size=2, max_size=4))
def test_any_files_one_after_the_other(several: list[File]) -> None:
    """
    After each the office is as it says, and the same file again changes nothing.
    """
    portal = portal_on(InMemoryStorage())
    register(portal)
    for file in several:
        plan = plan_of(portal, file)
        created = sum(isinstance(each, CreateFromForm) for each in plan.people.changes)
        updated = sum(isinstance(each, Update) for each in plan.people.changes)
        known = len(users_of(portal))

        results = apply(portal, file)

        assert {"done"} >= {result for _, result in results}
        assert created + updated == len(results)
        assert known + created == len(users_of(portal))
        assert expected(portal, file) == actual(portal)
        assert file.holder == str(portal.provisioning.licence(by=BY).holder)
        assert dict(file.dossiers) == {
            each.number: str(each.name) for each in portal.provisioning.dossiers(by=BY)
        }
        assert () == plan_of(portal, file).people.changes
        for name in users_of(portal):
            steps(portal, name)
