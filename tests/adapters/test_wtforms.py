"""
WTForms' forms say what the library says, in the form's language, and no more.
"""

from types import SimpleNamespace
from typing import Final

import pytest
import wtforms
from werkzeug.datastructures import MultiDict
from wtforms.validators import Optional

from winbooks_identity.adapters.phonenumbers import NationalPhoneParser
from winbooks_identity.adapters.wtforms import (
    CompanyNameField,
    DossiersField,
    LanguageField,
    LevelField,
    NewEmployeeForm,
    NewEndCustomerForm,
    PasswordField,
    PersonNameField,
    PhoneField,
    RolesField,
    WinBooksIdField,
    add_problems,
)
from winbooks_identity.dossier import Dossier
from winbooks_identity.errors import InvalidFields
from winbooks_identity.forms.new_user import NewEmployee, NewEndCustomer
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.passwords import Password, PasswordPolicy
from winbooks_identity.passwords.problems import TooFewKinds, TooShort
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.problems import Masked, Missing, NotYesOrNo
from winbooks_identity.refusals import (
    DuplicateWinBooksId,
    NotAuthorised,
    Taken,
    UserNotFound,
)
from winbooks_identity.role import Role
from winbooks_identity.texts.overrides import Overrides
from winbooks_identity.winbooks_id import WinBooksId


LICENCE = Licence(
    number="WB-1",
    product=Product.CLASSIC,
    holder=CompanyName("Fiduciaire Peeters & Dubois BV"),
    language=Language.DUTCH,
)
ON_WEB = Licence(
    number="WB-2",
    product=Product.ON_WEB,
    holder=CompanyName("Compta Plus SRL"),
    language=Language.FRENCH,
)
DOSSIERS = [Dossier(number="D-1", name=CompanyName("Bakkerij De Korenaar BV"))]
GOOD = [
    ("winbooks_id", "ada@example.org"),
    ("password", "Correct-Horse-9"),
    ("level", "Power User"),
    ("first_name", "Ada"),
    ("last_name", "Lovelace"),
    ("roles", "View.Admin"),
    ("dossiers", "D-1"),
]
CANARY = "Canary-7f3a"


def employee(
    sent: list[tuple[str, str]] | None, language: str = "en"
) -> NewEmployeeForm:
    """
    Return the form for staff, with what a browser sent.
    """
    return NewEmployeeForm(
        None if sent is None else MultiDict(sent),
        meta={"locales": [language]},
        licence=LICENCE,
        dossiers=DOSSIERS,
    )


class TestOwnWords:
    """
    A project's own words are those of ``Meta.translator``.
    """

    WORDS: Final = Overrides(
        {
            "en": {
                "field.missing": "Nothing here?",
                "form.phone": "Call",
                "form.phone.help": "Day and night.",
                "level.power_user": "Colleague",
                "winbooks_id.taken": "Somebody has it.",
            }
        }
    )

    def form(self) -> NewEmployeeForm:
        """
        Return an empty form in the project's words.
        """
        meta = {"locales": ["en"], "translator": self.WORDS}
        return NewEmployeeForm(MultiDict(), meta=meta, licence=LICENCE)

    def test_labels_help_and_choices(self) -> None:
        """
        The form is dressed in them.
        """
        form = self.form()

        assert ("Call", "Day and night.") == (
            form.phone.label.text,
            form.phone.description,
        )
        assert "Colleague" in str(form.level())

    def test_problems(self) -> None:
        """
        Those of the fields, and those of the state.
        """
        form = self.form()
        form.validate()
        add_problems(form, DuplicateWinBooksId(WinBooksId("ada@example.org")))

        assert ["Nothing here?", "Somebody has it."] == form.winbooks_id.errors

    def test_a_field_by_itself(self) -> None:
        """
        In a form of one's own.
        """

        class Ours(wtforms.Form):
            winbooks_id = WinBooksIdField()
            level = LevelField()

        meta = {"locales": ["en"], "translator": self.WORDS}
        form = Ours(MultiDict(), meta=meta)
        form.validate()

        assert ["Nothing here?"] == form.winbooks_id.errors
        assert "Colleague" in str(form.level())


class TestForm:
    """
    The whole form is read at once.
    """

    def test_a_good_form_makes_an_employee(self) -> None:
        """
        What comes out is the library's value.
        """
        form = employee(GOOD)

        assert form.validate()
        assert isinstance(form.new_user, NewEmployee)
        assert (frozenset({"D-1"}), frozenset({Role.VIEW_ADMIN})) == (
            form.new_user.dossiers,
            form.new_user.roles,
        )
        assert not form.new_user.activate

    def test_a_good_form_makes_an_end_customer(self) -> None:
        """
        The other kind has the other form.
        """
        form = NewEndCustomerForm(
            MultiDict(
                [
                    ("winbooks_id", "grace@example.org"),
                    ("generate_password", "on"),
                    ("first_name", "Grace"),
                    ("last_name", "Hopper"),
                    ("company_name", "Acme BV"),
                    ("language", "en"),
                    ("roles", "View.User"),
                    ("dossiers", "D-1"),
                    ("phone", "02 123 45 67"),
                ]
            ),
            licence=LICENCE,
            phone=NationalPhoneParser(),
        )

        assert form.validate()
        assert isinstance(form.new_user, NewEndCustomer)
        assert PhoneNumber("+3221234567") == form.new_user.phone

    def test_data_from_elsewhere(self) -> None:
        """
        What is given in Python is read where nothing was submitted.
        """
        form = NewEmployeeForm(
            data={**dict(GOOD), "roles": ["View.Admin"], "dossiers": ["D-1"]},
            licence=LICENCE,
        )

        assert form.validate()
        assert form.new_user.activate

    def test_every_problem_of_every_field(self) -> None:
        """
        Problems keep codes and parameters, and nothing stops at the first.
        """
        sent = [("password", "kort"), ("activate", "perhaps"), ("level", "Power User")]
        form = employee([*sent, ("first_name", "Ada")])

        assert not form.validate()
        assert {
            "winbooks_id": (Missing(),),
            "password": (TooShort(minimum=12, missing=8), TooFewKinds(needed=3)),
            "activate": (NotYesOrNo(),),
            "last_name": (Missing(),),
        } == form.problems

    @pytest.mark.parametrize(
        "language,sentence,label",
        [
            ("nl_BE", "Vul dit veld in.", "Voornaam"),
            ("fr", "Remplissez ce champ.", "Prénom"),
            ("en", "Fill in this field.", "First name"),
        ],
    )
    def test_the_words_are_the_readers(
        self, language: str, sentence: str, label: str
    ) -> None:
        """
        The language is the first one of the form's locales.
        """
        form = employee([], language)
        form.validate()

        assert ([sentence], label) == (
            form.errors["first_name"],
            form["first_name"].label.text,
        )

    def test_without_a_language_it_is_english(self) -> None:
        """
        A form need not know any.
        """
        form = NewEmployeeForm(licence=LICENCE)

        assert "First name" == form["first_name"].label.text

    def test_help_and_attributes_come_along(self) -> None:
        """
        A level is explained, a password field has its policy's attributes.
        """
        form = employee(None, "nl")

        assert Level.POWER_USER.help("nl") in form["level"].description
        assert 'autocomplete="new-password"' in str(form["password"]())
        assert "Bakkerij De Korenaar BV" in str(form["dossiers"]())

    def test_the_password_is_not_shown_again(self) -> None:
        """
        Neither the page nor the form's data have it.  [R19]
        """
        form = employee([("password", CANARY), ("level", "Chief")])
        form.validate()

        page = "".join(str(field()) for field in form)
        assert CANARY not in page + repr(form.data) + repr(form.errors)

    def test_an_accepted_password_is_opaque(self) -> None:
        """
        The data hold a `Password`.  [R19]
        """
        form = employee(GOOD)
        form.validate()

        assert isinstance(form["password"].data, Password)

    @pytest.mark.parametrize(
        "sent,shown",
        [([("activate", CANARY)], 0), ([("activate", "on")], 1), ([], 0)],
        ids=["something else", "ticked", "empty"],
    )
    def test_a_box_shows_whether_it_is_ticked(
        self, sent: list[tuple[str, str]], shown: int
    ) -> None:
        """
        And never what was sent for it.
        """
        box = str(employee([*sent, ("level", "x")])["activate"]())

        assert shown == box.count("checked")
        assert CANARY not in box

    def test_an_untouched_form_has_the_initial_values(self) -> None:
        """
        Activation is on, the choice of the level is open, the firm is named.
        """
        form = employee(None)

        assert "checked" in str(form["activate"]())
        assert '<option selected value=""></option>' in str(form["level"]())
        assert "Fiduciaire" in str(form["company_name"]())

    def test_the_licence_cannot_be_typed(self) -> None:
        """
        Whatever is sent, the firm's name stands there.  [R31]
        """
        form = employee([*GOOD, ("licence", "WB-9")])

        assert "Fiduciaire Peeters & Dubois BV" == form["licence"].data

    def test_on_web_has_no_generate_button(self) -> None:
        """
        A generated password cannot be the one of on Web.  [R61]
        """
        assert "generate_password" not in NewEmployeeForm(licence=ON_WEB)

    def test_a_validator_of_the_project(self) -> None:
        """
        What the project refuses is not told a second time by the library.
        """

        class Ours(NewEmployeeForm):
            def validate_first_name(self, field: wtforms.Field) -> None:
                del field
                raise wtforms.ValidationError("not that one")

        empty = Ours(MultiDict([]), licence=LICENCE)
        good = Ours(MultiDict(GOOD), licence=LICENCE)

        assert (False, False) == (empty.validate(), good.validate())
        assert ["not that one"] == empty.errors["first_name"]
        assert {"first_name": ["not that one"]} == good.errors


class TestRefusals:
    """
    What the state refuses lands on its field.
    """

    def test_an_id_that_is_taken(self) -> None:
        """
        The sentence and the problem stand beside the ID.  [R2]
        """
        form = employee(GOOD, "nl")
        form.validate()

        add_problems(form, DuplicateWinBooksId(WinBooksId("ada@example.org")))

        assert {"winbooks_id": (Taken(),)} == form.problems
        assert {"winbooks_id": [Taken().message("nl")]} == form.errors

    def test_what_belongs_to_no_field(self) -> None:
        """
        It is an error of the form.
        """
        form = employee(GOOD)
        form.validate()

        add_problems(form, NotAuthorised((UserNotFound(),)))

        assert [UserNotFound().message()] == form.form_errors

    def test_a_form_of_ones_own(self) -> None:
        """
        A form that lacks the field tells it all the same.
        """
        form = wtforms.Form()

        add_problems(form, InvalidFields({"phone": (Missing(),)}))

        assert [Missing().message()] == form.form_errors


class Own(wtforms.Form):
    """
    A form with every field by itself.
    """

    winbooks_id = WinBooksIdField()
    password = PasswordField(policy=PasswordPolicy(min_length=14))
    second = PasswordField(validators=[Optional()], render_kw={"class": "wide"})
    level = LevelField()
    dossiers = DossiersField(dossiers=DOSSIERS)
    roles = RolesField()
    others = RolesField(validators=[Optional()])
    first_name = PersonNameField()
    company_name = CompanyNameField()
    phone = PhoneField(phone=NationalPhoneParser(), validators=[Optional()])
    language = LanguageField()


class TestFields:
    """
    A field by itself reads as the whole form does.
    """

    def test_the_values(self) -> None:
        """
        What was filled in is in the fields' values.
        """
        form = Own(
            MultiDict(
                [
                    ("winbooks_id", " ada@example.org "),
                    ("password", "  Spaced-Out-9  "),
                    ("level", "licence admin"),
                    ("dossiers", "D-1"),
                    ("roles", "view.admin"),
                    ("first_name", "Ada"),
                    ("company_name", "Acme"),
                    ("phone", "02 123 45 67"),
                    ("language", "FR"),
                ]
            )
        )

        assert form.validate()
        assert "  Spaced-Out-9  " == form.password.value.reveal()  # type: ignore[attr-defined]
        assert {
            "winbooks_id": WinBooksId("ada@example.org"),
            "second": None,
            "level": Level.ADMINISTRATOR,
            "dossiers": {"D-1"},
            "roles": {Role.VIEW_ADMIN},
            "others": frozenset(),
            "first_name": PersonName("Ada"),
            "company_name": CompanyName("Acme"),
            "phone": PhoneNumber("+3221234567"),
            "language": Language.FRENCH,
        } == {
            field.short_name: field.value  # type: ignore[attr-defined]
            for field in form
            if field.short_name != "password"
        }

    def test_values_go_into_an_object(self) -> None:
        """
        Also where something is wrong: then nothing does, and no password in clear.
        """
        good, wrong = "  Spaced-Out-9  ", "Canary-7f3a"
        sent = MultiDict([("first_name", "Ada"), ("password", good), ("second", wrong)])
        form, target = Own(sent), SimpleNamespace()
        form.validate()

        form.populate_obj(target)

        assert PersonName("Ada") == target.first_name
        assert good == target.password.reveal()
        assert (None, None) == (target.second, target.level)

    def test_what_is_mandatory_says_so(self) -> None:
        """
        As fields of WTForms do, by a flag that their element shows.
        """
        form = Own()

        assert {"second", "others", "phone"} == {
            field.short_name for field in form if not field.flags.required
        }
        assert " required" in form.winbooks_id()
        assert " required" not in form.phone()

    def test_the_problems(self) -> None:
        """
        All of them are told, each field by itself.
        """
        form = Own(MultiDict([("password", "abcdefghijklm"), ("level", "Chief")]))

        assert not form.validate()
        assert {
            "winbooks_id": ["field.missing"],
            "password": ["password.too_short", "password.too_few_kinds"],
            "level": ["field.not_one_of"],
            "dossiers": ["field.missing"],
            "roles": ["field.missing"],
            "first_name": ["field.missing"],
            "company_name": ["field.missing"],
            "language": ["field.missing"],
        } == {
            field.short_name: [problem.code for problem in field.problems]  # type: ignore[attr-defined]
            for field in form
            if field.problems  # type: ignore[attr-defined]
        }
        assert 2 == len(form.errors["password"])

    def test_the_attributes_are_the_policys_and_the_projects(self) -> None:
        """
        A project can add its own.
        """
        form = Own()

        assert 'minlength="14"' in str(form.password())
        assert 'class="wide"' in str(form.second())

    def test_a_field_takes_its_own_values_back(self) -> None:
        """
        What was stored can be shown, and read again.
        """
        stored = {
            "level": Level.POWER_USER,
            "language": Language.FRENCH,
            "roles": frozenset({Role.VIEW_ADMIN}),
            "dossiers": frozenset({"D-1"}),
        }
        form = Own(data=stored)
        form.validate()

        assert 'checked id="roles-1"' in str(form.roles())
        assert 'checked id="dossiers-0"' in str(form.dossiers())
        assert '<option selected value="Power User">' in str(form.level())
        assert stored == {name: form[name].value for name in stored}  # type: ignore[attr-defined]

    def test_a_mask_is_no_password(self) -> None:
        """
        What stands in the place of a password is refused.
        """
        form = Own(MultiDict({"password": "**********"}))
        form.validate()

        assert (Masked(),) == form.password.problems
