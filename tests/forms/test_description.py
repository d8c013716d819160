"""
The form as data: fields in the order of the screen, in three languages.
"""

import pytest

from winbooks_identity.dossier import Dossier
from winbooks_identity.errors import Invalid, InvalidFields
from winbooks_identity.forms.description import (
    WHOLE_FORM,
    Choice,
    FormDescription,
    Input,
    error_summary,
    problems_by_field,
)
from winbooks_identity.forms.new_user import NewEmployee, NewEndCustomer, NewUser
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.named import RECOMMENDED
from winbooks_identity.problems import Missing, NotText
from winbooks_identity.refusals import (
    DuplicateWinBooksId,
    NotAuthorised,
    Taken,
    UserNotFound,
)
from winbooks_identity.winbooks_id import WinBooksId


LICENCE = Licence(
    number="WB-1",
    product=Product.CLASSIC,
    holder=CompanyName("Fiduciaire Peeters & Dubois BV"),
    language=Language.FRENCH,
)
ON_WEB = Licence(
    number="WB-2",
    product=Product.ON_WEB,
    holder=CompanyName("Compta Plus SRL"),
    language=Language.DUTCH,
)
STAFF = FormDescription.of(NewEmployee, licence=LICENCE)
CUSTOMERS = FormDescription.of(NewEndCustomer, licence=LICENCE)

#: The fields of the screen (spec § 2), with the button and the language.
SCREEN = [
    *("winbooks_id", "password", "generate_password", "level", "licence"),
    *("activate", "send_credentials", "dossiers", "roles", "notify_all_dossiers"),
    *("first_name", "last_name", "company_name", "phone", "language"),
]


class TestFields:
    """
    The form has the fields of the Portal, in the order of its screen.
    """

    @pytest.mark.parametrize("form", [STAFF, CUSTOMERS], ids=["staff", "customers"])
    def test_they_stand_in_the_order_of_the_screen(self, form: FormDescription) -> None:
        """
        Staff and end customers are made on the same form.
        """
        assert SCREEN == [field.name for field in form.fields]

    def test_on_web_has_no_generate_button(self) -> None:
        """
        A generated password cannot be the one of on Web.  [R61]
        """
        form = FormDescription.of(NewEmployee, licence=ON_WEB)

        assert "generate_password" not in {field.name for field in form.fields}
        assert form["password"].is_required

    def test_the_password_of_on_web_keeps_to_no_rule_of_ours(self) -> None:
        """
        Nothing is said or asked of it that would refuse the one that exists.  [R60]
        """
        password = FormDescription.of(NewEmployee, licence=ON_WEB)["password"]

        assert "" == password.help("nl")
        assert {"autocomplete", "autocapitalize", "spellcheck"} == set(
            password.attributes
        )

    @pytest.mark.parametrize(
        "form,required",
        [
            (STAFF, {"winbooks_id", "level", "first_name", "last_name"}),
            (
                CUSTOMERS,
                {"winbooks_id", "dossiers", "roles", "first_name", "last_name"}
                | {"company_name", "language"},
            ),
        ],
        ids=["staff", "customers"],
    )
    def test_what_is_mandatory(self, form: FormDescription, required: set[str]) -> None:
        """
        What the form calls mandatory is what `NewUser.parse` misses.  [Q1]
        """
        assert required == {field.name for field in form.fields if field.is_required}

    @pytest.mark.parametrize("kind", [NewEmployee, NewEndCustomer])
    def test_what_is_mandatory_is_what_is_missed(self, kind: type[NewUser]) -> None:
        """
        An empty form is told the same fields, and that a password is chosen.
        """
        with pytest.raises(InvalidFields) as invalid:
            kind.parse({}, licence=LICENCE)

        form = FormDescription.of(kind, licence=LICENCE)
        required = {field.name for field in form.fields if field.is_required}
        assert required | {"password"} == set(invalid.value.by_field)

    def test_the_licence_is_shown(self) -> None:
        """
        The full name of the firm stands there, and nothing is typed.  [R31]
        """
        licence = STAFF["licence"]

        assert (Input.SHOWN, "Fiduciaire Peeters & Dubois BV") == (
            licence.input,
            licence.initial,
        )

    def test_what_an_untouched_form_holds(self) -> None:
        """
        Activation is on, sending is a decision, the firm's own values are there.
        """
        assert {
            "activate": True,
            "send_credentials": False,
            "generate_password": False,
            "notify_all_dossiers": False,
            "licence": "Fiduciaire Peeters & Dubois BV",
            "company_name": "Fiduciaire Peeters & Dubois BV",
            "language": "fr",
        } == {
            field.name: field.initial for field in STAFF.fields if field.initial != ""
        }

    def test_the_choices_are_those_of_the_kind(self) -> None:
        """
        Staff and end customers are offered their own levels and roles.
        """
        assert [
            ["Power User", "Administrator"],
            ["Connect.Accountant", "View.Admin"],
            ["User"],
            ["Connect.Entrepreneur", "View.User"],
        ] == [
            [choice.value for choice in form[name].choices]
            for form in (STAFF, CUSTOMERS)
            for name in ("level", "roles")
        ]

    def test_the_level_of_an_end_customer_is_chosen_already(self) -> None:
        """
        There is only one.  [R22]
        """
        assert "User" == CUSTOMERS["level"].initial

    def test_dossiers_are_offered_by_name(self) -> None:
        """
        The number is sent, the name is read.
        """
        dossier = Dossier(number="D-1", name=CompanyName("Bakkerij De Korenaar BV"))
        form = FormDescription.of(NewEmployee, licence=LICENCE, dossiers=[dossier])

        assert [("D-1", "Bakkerij De Korenaar BV")] == [
            (choice.value, choice.label("nl")) for choice in form["dossiers"].choices
        ]

    def test_an_unknown_field_is_a_key_error(self) -> None:
        """
        A typing mistake is told as Python tells it.
        """
        with pytest.raises(KeyError, match="niveau"):
            STAFF["niveau"]

    def test_the_browser_does_not_fill_in_its_owner(self) -> None:
        """
        The form is about someone else than the person at the keyboard.
        """
        assert {"off"} == {
            field.attributes["autocomplete"]
            for field in STAFF.fields
            if field.input in {Input.EMAIL, Input.TEXT, Input.PHONE}
        }

    def test_the_password_has_the_attributes_of_its_policy(self) -> None:
        """
        They are the policy's, but for the type, which the field says.
        """
        policy = PasswordPolicy(min_length=14)
        form = FormDescription.of(NewEmployee, licence=LICENCE, policy=policy)

        assert policy.html_attributes() == {
            "type": form["password"].input.value,
            **form["password"].attributes,
        }


class TestWords:
    """
    Labels and help are in the reader's language.
    """

    @pytest.mark.parametrize(
        "locale,label",
        [
            ("nl", "Voornaam"),
            ("fr-BE", "Prénom"),
            ("en", "First name"),
            ("de-BE", "Vorname"),
            ("it", "First name"),
        ],
    )
    def test_labels(self, locale: str, label: str) -> None:
        """
        A field is called what the Portal calls it.
        """
        assert label == STAFF["first_name"].label(locale)

    def test_the_help_of_the_level_explains_every_choice(self) -> None:
        """
        Every level that is offered is named and explained.  [R25]
        """
        explained = STAFF["level"].help("nl")

        assert all(
            level.label("nl") in explained and level.help("nl") in explained
            for level in (Level.POWER_USER, Level.ADMINISTRATOR)
        )

    def test_the_help_of_the_password_is_its_policys(self) -> None:
        """
        What the policy asks stands there before anything is typed.
        """
        assert " ".join(PasswordPolicy().help("fr")) == STAFF["password"].help("fr")

    @pytest.mark.parametrize(
        "locale,sentences",
        [
            (
                "nl",
                [
                    "Bekende woorden worden nagekeken bij het verzenden.",
                    "De sterkte wordt nagekeken bij het verzenden.",
                    "Uitgelekte wachtwoorden worden nagekeken bij het verzenden.",
                ],
            ),
            (
                "en",
                [
                    "Familiar words are checked on sending.",
                    "The strength is checked on sending.",
                    "Leaked passwords are checked on sending.",
                ],
            ),
        ],
    )
    def test_what_no_browser_can_check(self, locale: str, sentences: list[str]) -> None:
        """
        The help of the password says so, behind the rules.
        """
        form = FormDescription.of(NewEmployee, licence=LICENCE, policy=RECOMMENDED)

        assert " ".join((*RECOMMENDED.help(locale), *sentences)) == form[
            "password"
        ].help(locale)

    def test_help_of_its_own(self) -> None:
        """
        A field may need a sentence.
        """
        assert "+32 2 123 45 67" in STAFF["phone"].help()

    def test_a_label_that_says_it_all(self) -> None:
        """
        A field without help has none, instead of an empty phrase.
        """
        assert "" == STAFF["first_name"].help()

    def test_a_language_is_called_by_its_own_name(self) -> None:
        """
        A reader finds their language on a page in another one.
        """
        assert ["Nederlands", "Français", "English"] == [
            choice.label("en") for choice in STAFF["language"].choices
        ]

    def test_a_choice_of_ones_own(self) -> None:
        """
        A value without a name shows itself, without help.
        """
        assert ("x", "") == (Choice(value="x").label(), Choice(value="x").help())


class TestRead:
    """
    What a browser sends becomes what `NewUser.parse` takes.
    """

    def test_an_empty_box_is_not_sent(self) -> None:
        """
        A missing box is an empty one, activation included.  [R58]
        """
        assert (False, "on") == (
            STAFF.read([])["activate"],
            STAFF.read([("activate", "on")])["activate"],
        )

    def test_several_choices_come_one_by_one(self) -> None:
        """
        A name stands once for each of its values.
        """
        sent = [("roles", "View.Admin"), ("roles", "Connect.Accountant")]

        assert ["View.Admin", "Connect.Accountant"] == STAFF.read(sent)["roles"]

    def test_the_last_value_counts(self) -> None:
        """
        A hidden field may stand before a box for the case that it is empty.
        """
        sent = [("activate", "off"), ("activate", "on")]

        assert "on" == STAFF.read(sent)["activate"]

    def test_what_the_form_does_not_have_is_left_alone(self) -> None:
        """
        Neither a token nor a surplus field disturbs.
        """
        assert "csrf_token" not in STAFF.read([("csrf_token", "x")])

    def test_an_untouched_text_is_left_to_its_default(self) -> None:
        """
        A field that was not sent is not there.
        """
        assert "company_name" not in STAFF.read([])


class TestProblems:
    """
    Whatever refuses, its problems have a place on the form.
    """

    def test_of_fields(self) -> None:
        """
        A form that is wrong says it field by field.
        """
        by_field = {"level": (Missing(),), "phone": (NotText(),)}

        assert by_field == problems_by_field(InvalidFields(by_field))

    def test_of_the_state(self) -> None:
        """
        An ID that is taken belongs to its field.  [R2]
        """
        refused = DuplicateWinBooksId(WinBooksId("ada@example.org"))

        assert {"winbooks_id": (Taken(),)} == problems_by_field(refused)

    def test_of_no_field(self) -> None:
        """
        What belongs to no field belongs to the form.
        """
        assert {WHOLE_FORM: (UserNotFound(),)} == problems_by_field(
            NotAuthorised((UserNotFound(),))
        )

    def test_of_one_value(self) -> None:
        """
        One wrong input knows no field.
        """
        assert {WHOLE_FORM: (Missing(),)} == problems_by_field(Invalid((Missing(),)))

    def test_the_summary_leads_to_the_fields(self) -> None:
        """
        Every problem has a line, in the reader's language, with an anchor.
        """
        lines = error_summary({"level": (Missing(), NotText())}, "nl")

        assert [
            ("level", "level", "Vul dit veld in."),
            ("level", "level", "In dit veld hoort tekst."),
        ] == [(line.field, line.anchor, line.sentence) for line in lines]
