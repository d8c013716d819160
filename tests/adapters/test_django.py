"""
Django's forms say what the library says, when they are shown, and no more.
"""

from collections.abc import Callable, Sequence
from typing import Any

import attrs
import pytest
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import BaseUserCreationForm
from django.contrib.auth.password_validation import (
    get_password_validators,
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import (
    NON_FIELD_ERRORS,
    ImproperlyConfigured,
    ValidationError,
)
from django.http import QueryDict
from django.test import override_settings
from django.utils.translation import deactivate_all, override

from winbooks_identity.adapters.django import (
    CompanyNameField,
    DossiersField,
    LanguageField,
    LevelField,
    NewEmployeeForm,
    NewEndCustomerForm,
    PasswordField,
    PersonNameField,
    PhoneField,
    PolicyValidator,
    RolesField,
    WinBooksIdField,
    add_problems,
    validation_errors,
)
from winbooks_identity.adapters.phonenumbers import NationalPhoneParser
from winbooks_identity.dossier import Dossier
from winbooks_identity.errors import InvalidFields
from winbooks_identity.forms.new_user import NewEmployee, NewEndCustomer
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.passwords import Password, PasswordPolicy
from winbooks_identity.passwords.named import ACTIVE_DIRECTORY
from winbooks_identity.passwords.problems import TooShort
from winbooks_identity.passwords.strength import Strength
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.problems import Missing
from winbooks_identity.refusals import (
    DuplicateWinBooksId,
    NotAuthorised,
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
DOSSIERS = [Dossier(number="D-1", name=CompanyName("Bakkerij De Korenaar BV"))]
GOOD = (
    "winbooks_id=ada%40example.org&password=Correct-Horse-9&level=Power+User"
    "&first_name=Ada&last_name=Lovelace&roles=View.Admin&dossiers=D-1"
)
CANARY = "Canary-7f3a"


def employee(query: str | None) -> NewEmployeeForm:
    """
    Return the form for staff, with what a browser sent.
    """
    data = None if query is None else QueryDict(query)
    return NewEmployeeForm(data, licence=LICENCE, dossiers=DOSSIERS)


#: The project's own words, which the setting names.
WORDS = Overrides(
    {
        "nl": {
            "field.missing": "Nog niets?",
            "form.phone": "Gsm",
            "level.power_user": "Collega",
            "password_help.length": "Lang genoeg: {minimum}.",
        }
    }
)


class TestOwnWords:
    """
    A project's own words are those that a setting names.
    """

    def test_labels_choices_and_problems(self) -> None:
        """
        The form says them, however late.
        """
        with (
            override_settings(WINBOOKS_IDENTITY_TRANSLATOR=f"{__name__}.WORDS"),
            override("nl"),
        ):
            form = employee("")
            shown = str(form)

            assert "Gsm" in shown
            assert "Collega" in shown
            assert ["Nog niets?"] == form.errors["winbooks_id"]

    def test_the_accounts_of_django(self) -> None:
        """
        The help of a validator says them too.
        """
        with (
            override_settings(WINBOOKS_IDENTITY_TRANSLATOR=f"{__name__}.WORDS"),
            override("nl"),
        ):
            assert PolicyValidator().get_help_text().startswith("Lang genoeg: 12.")


class TestForm:
    """
    The whole form is read at once.
    """

    def test_a_good_form_makes_an_employee(self) -> None:
        """
        What comes out is the library's value.
        """
        form = employee(GOOD)

        assert form.is_valid()
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
            QueryDict(
                "winbooks_id=grace%40example.org&generate_password=on&first_name=Grace"
                "&last_name=Hopper&company_name=Acme+BV&language=en&roles=View.User"
                "&dossiers=D-1&phone=02+123+45+67"
            ),
            licence=LICENCE,
            phone=NationalPhoneParser(),
        )

        assert form.is_valid()
        assert isinstance(form.new_user, NewEndCustomer)
        assert PhoneNumber("+3221234567") == form.new_user.phone

    def test_every_problem_of_every_field(self) -> None:
        """
        Codes and parameters are the library's, and nothing stops at the first.
        """
        form = employee("password=kort&activate=perhaps&level=Power+User&first_name=A")

        assert not form.is_valid()
        assert {
            "winbooks_id": [("field.missing", {})],
            "password": [
                ("password.too_short", {"minimum": 12, "missing": 8}),
                ("password.too_few_kinds", {"needed": 3}),
            ],
            "activate": [("field.not_yes_or_no", {})],
            "last_name": [("field.missing", {})],
        } == {
            name: [(error.code, error.params) for error in errors]
            for name, errors in form.errors.as_data().items()
        }

    def test_one_refused_form_in_three_languages(self) -> None:
        """
        The sentence is made when it is shown, a per cent sign included.
        """
        form = employee("winbooks_id=a%25b%40example.org")
        form.is_valid()

        shown = []
        for language in ("nl", "fr-be", "en"):
            with override(language):
                shown += list(form.errors["winbooks_id"])

        assert [
            "De tekens % en ! kunnen niet vóór het teken @ staan.",
            "Les signes % et ! ne sont pas possibles avant le signe @.",
            "The signs % and ! are not possible before the @ sign.",
        ] == shown

    def test_labels_choices_and_help_in_the_active_language(self) -> None:
        """
        An untouched form is in the reader's language too.
        """
        form = employee(None)

        with override("nl"):
            page = form.as_div()

        assert "Voornaam" in page
        assert "Kies" not in page
        assert "Bakkerij De Korenaar BV" in page
        assert Level.POWER_USER.help("nl") in page
        assert PasswordPolicy().help("nl")[0] in page

    def test_without_a_language_it_is_english(self) -> None:
        """
        Translations can be switched off.
        """
        form = employee(None)
        deactivate_all()

        with override(None):
            assert "First name" == str(form.fields["first_name"].label)

    def test_without_a_language_it_is_the_projects(self) -> None:
        """
        The settings name one.
        """
        form = employee(None)

        with override_settings(LANGUAGE_CODE="nl"), override(None):
            assert "Voornaam" == str(form.fields["first_name"].label)

    def test_the_password_is_not_shown_again(self) -> None:
        """
        Neither the page nor what is left of the form has it.  [R19]
        """
        form = employee(f"password={CANARY}&level=Chief")
        form.is_valid()

        assert CANARY not in form.as_div() + repr(form) + str(form.cleaned_data)
        assert CANARY not in str(form.errors.get_json_data())

    def test_an_accepted_password_is_opaque(self) -> None:
        """
        The cleaned data hold a `Password`.  [R19]
        """
        form = employee(GOOD)
        form.is_valid()

        assert isinstance(form.cleaned_data["password"], Password)

    def test_what_was_sent_for_a_box_is_not_shown_again(self) -> None:
        """
        A form that mixed up its fields shows no secret there either.
        """
        form = employee(f"activate={CANARY}")
        form.is_valid()

        assert CANARY not in form.as_div()

    @pytest.mark.parametrize("sent,shown", [("activate=off", 0), ("activate=on", 1)])
    def test_a_box_keeps_what_it_was(self, sent: str, shown: int) -> None:
        """
        A refused form comes back as it was filled in.
        """
        assert shown == str(employee(sent)["activate"]).count("checked")

    def test_a_password_is_not_trimmed(self) -> None:
        """
        Blanks at its ends belong to it.  [R20]
        """
        form = employee(GOOD.replace("Correct-Horse-9", "++Spaced-Out-9++"))
        form.is_valid()

        assert "  Spaced-Out-9  " == form.cleaned_data["password"].reveal()

    def test_the_licence_cannot_be_typed(self) -> None:
        """
        Whatever is sent, the firm's name stands there.  [R31]
        """
        form = employee(GOOD + "&licence=WB-9")

        assert form.is_valid()
        assert "Fiduciaire Peeters & Dubois BV" == form.cleaned_data["licence"]

    def test_the_choice_of_a_level_is_open(self) -> None:
        """
        No one becomes something because it is the first of a list.
        """
        assert '<option value="" selected>' in str(employee(None)["level"])

    def test_a_field_of_the_project_takes_the_place(self) -> None:
        """
        A subclass can change a field, and check it by itself.
        """

        class Ours(NewEmployeeForm):
            first_name = forms.CharField(label="Given name")

            def clean_first_name(self) -> str:
                raise ValidationError("not that one", code="ours")

        form = Ours(QueryDict(GOOD), licence=LICENCE)

        assert not form.is_valid()
        assert {"first_name": ["ours"]} == {
            name: [error.code for error in errors]
            for name, errors in form.errors.as_data().items()
        }
        assert "winbooks_id" == next(iter(form.fields))


class TestRefusals:
    """
    What the state refuses lands on its field.
    """

    def test_an_id_that_is_taken(self) -> None:
        """
        The problem stands beside the ID.  [R2]
        """
        form = employee(GOOD)
        form.is_valid()

        add_problems(form, DuplicateWinBooksId(WinBooksId("ada@example.org")))

        assert ["This WinBooks ID already exists."] == form.errors["winbooks_id"]

    def test_what_belongs_to_no_field(self) -> None:
        """
        It is an error of the form.
        """
        form = employee(GOOD)
        form.is_valid()

        add_problems(form, NotAuthorised((UserNotFound(),)))

        assert [NON_FIELD_ERRORS] == list(form.errors)

    def test_a_field_that_the_form_lacks(self) -> None:
        """
        A form of one's own may leave a field out; its problem is told all the same.
        """
        form = forms.Form({})
        form.is_valid()

        add_problems(form, InvalidFields({"phone": (Missing(),)}))

        assert [NON_FIELD_ERRORS] == list(form.errors)


class TestValidationErrors:
    """
    An error of Django's carries the problem.
    """

    def test_errors_compare_as_django_compares_them(self) -> None:
        """
        Equal problems make equal errors, in whatever order.
        """
        problems = (TooShort(minimum=12, missing=8), Missing())

        assert ValidationError(validation_errors(problems)) == ValidationError(
            validation_errors(reversed(problems))
        )


class TestFields:
    """
    A field by itself reads as the whole form does.
    """

    @pytest.mark.parametrize(
        "field,sent,value",
        [
            (WinBooksIdField(), " ada@example.org ", WinBooksId("ada@example.org")),
            (LevelField(), "licence admin", Level.ADMINISTRATOR),
            (LanguageField(), "FR", Language.FRENCH),
            (PersonNameField(), "Ada", PersonName("Ada")),
            (CompanyNameField(), "Acme", CompanyName("Acme")),
            (PhoneField(), "+32 2 123 45 67", PhoneNumber("+3221234567")),
            (
                PhoneField(NationalPhoneParser()),
                "02 123 45 67",
                PhoneNumber("+3221234567"),
            ),
            (PhoneField(required=False), "", None),
            (PasswordField(required=False), "", None),
            (RolesField(), ["view.admin"], frozenset({Role.VIEW_ADMIN})),
            (RolesField(), {Role.VIEW_ADMIN}, frozenset({Role.VIEW_ADMIN})),
            (LevelField(), Level.ADMINISTRATOR, Level.ADMINISTRATOR),
            (RolesField(required=False), [], frozenset()),
            (DossiersField(DOSSIERS), ["D-1"], frozenset({"D-1"})),
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_the_value(self, field: forms.Field, sent: object, value: object) -> None:
        """
        What is cleaned is a value of the library's.
        """
        assert value == field.clean(sent)

    @pytest.mark.parametrize(
        "field,sent,codes",
        [
            (WinBooksIdField(), "", ["field.missing"]),
            (LevelField(), "Chief", ["field.not_one_of"]),
            (RolesField(), [], ["field.missing"]),
            (RolesField(), ["Root"], ["field.not_one_of"]),
            (PasswordField(), "", ["field.missing"]),
            (PasswordField(), "**********", ["field.masked"]),
            (
                PasswordField(PasswordPolicy(min_length=14)),
                "abcdefghijklm",
                ["password.too_short", "password.too_few_kinds"],
            ),
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_the_problems(
        self, field: forms.Field, sent: object, codes: list[str]
    ) -> None:
        """
        All of them are told, under the library's codes.
        """
        with pytest.raises(ValidationError) as refused:
            field.clean(sent)

        assert codes == [error.code for error in refused.value.error_list]

    def test_a_password_of_its_own_policy(self) -> None:
        """
        The value is opaque and keeps its blanks.  [R20]
        """
        password = PasswordField().clean("  Spaced-Out-9  ")

        assert isinstance(password, Password)
        assert "  Spaced-Out-9  " == password.reveal()

    def test_the_attributes_are_the_policys(self) -> None:
        """
        A password manager reads the rules from the page.
        """
        attributes = PasswordField(PasswordPolicy(min_length=20)).widget.attrs

        assert ("20", "new-password") == (
            attributes["minlength"],
            attributes["autocomplete"],
        )

    @pytest.mark.parametrize(
        "field,value,shown",
        [
            (LevelField(), Level.POWER_USER, "Power User"),
            (WinBooksIdField(), "a@b.be", "a@b.be"),
            (
                RolesField(),
                frozenset({Role.VIEW_USER, Role.VIEW_ADMIN}),
                ["View.Admin", "View.User"],
            ),
            (DossiersField(DOSSIERS), {"D-1"}, ["D-1"]),
        ],
    )
    def test_an_initial_value_is_shown(
        self, field: forms.Field, value: object, shown: object
    ) -> None:
        """
        A value of the library's can be the initial one.
        """
        assert shown == field.prepare_value(value)

    @pytest.mark.parametrize(
        "field,initial,same,other",
        [
            (WinBooksIdField(), WinBooksId("a@b.be"), " A@b.be ", "c@b.be"),
            (LevelField(), Level.POWER_USER, "power user", "Administrator"),
            (PersonNameField(), PersonName("Ada"), "Ada ", "Ad"),
            (PhoneField(), PhoneNumber("+3221234567"), "+32 2 123 45 67", "+32"),
            (PhoneField(required=False), None, "", "+32 2 123 45 67"),
            (RolesField(), {Role.VIEW_USER}, ["view.user"], []),
            (DossiersField(DOSSIERS), None, [], ["D-1"]),
            (PasswordField(), "typed before", "", "x"),
            (LevelField(disabled=True), Level.USER, "Administrator", None),
        ],
        ids=lambda value: type(value).__name__,
    )
    def test_whether_it_changed(
        self, field: forms.Field, initial: object, same: object, other: object
    ) -> None:
        """
        Another spelling is no change; what cannot be read is one.
        """
        changed = [field.has_changed(initial, each) for each in (same, other)]

        assert [False, not field.disabled] == changed

    def test_a_refused_form_keeps_its_choices(self) -> None:
        """
        What was chosen is chosen still.
        """

        class Form(forms.Form):
            roles = RolesField()

        page = str(
            Form(QueryDict("roles=View.Admin&roles=View.User&roles=Root"))["roles"]
        )

        assert 2 == page.count("checked")

    @pytest.mark.parametrize("make", [LevelField, LanguageField, RolesField])
    def test_the_choices_are_offered(self, make: Callable[[], forms.Field]) -> None:
        """
        What can be chosen stands on the page.
        """

        class Form(forms.Form):
            chosen = make()

        assert 3 <= str(Form()).count("value=")


class EverythingIsWeak:
    """
    An estimator that trusts nothing.
    """

    def estimate(self, text: str, words: Sequence[str]) -> Strength:
        """
        Return the lowest score, whatever *text* is.
        """
        del text, words
        return Strength(score=0, guesses_log10=0.0, advice=(), estimator="test")


#: What the settings name by its dotted path.
WEAK = EverythingIsWeak()


class NamedUserCreationForm(BaseUserCreationForm):  # type: ignore[type-arg] # Not generic when it runs.
    """
    Django's creation form, of names that no database has to be asked for.
    """

    class Meta(BaseUserCreationForm.Meta):
        """
        The fields that it asks for.
        """

        fields = ("last_name",)


class TestPolicyValidator:
    """
    Django's own accounts keep to a policy of the library's.
    """

    VALIDATORS = get_password_validators(
        [
            {
                "NAME": "winbooks_identity.adapters.django.PolicyValidator",
                "OPTIONS": {"min_length": 14, "min_kinds": 3},
            }
        ]
    )

    def test_a_good_password_is_accepted(self) -> None:
        """
        Nothing is raised.
        """
        validate_password("Correct-Horse-9", password_validators=self.VALIDATORS)

    def test_every_problem_is_told(self) -> None:
        """
        Length and kinds at once.  [R13]
        """
        with pytest.raises(ValidationError) as refused:
            validate_password("abcdefghijklm", password_validators=self.VALIDATORS)

        assert ["password.too_short", "password.too_few_kinds"] == [
            error.code for error in refused.value.error_list
        ]

    def test_the_help_is_in_the_active_language(self) -> None:
        """
        It is the policy's help.
        """
        with override("fr"):
            texts = password_validators_help_texts(self.VALIDATORS)

        assert [" ".join(PasswordPolicy(min_length=14).help("fr"))] == texts

    def test_a_named_policy_with_a_rule_of_its_own(self) -> None:
        """
        The rule takes the place of the policy's; the help says both.
        """
        validator = PolicyValidator("active-directory", min_length=20)
        policy = attrs.evolve(ACTIVE_DIRECTORY, min_length=20)

        assert " ".join(policy.help()) == validator.get_help_text()

    def test_an_estimator_is_named(self) -> None:
        """
        Strength is scored by what the project chose.
        """
        validator = PolicyValidator(estimator=f"{__name__}.WEAK", min_strength=1)

        with pytest.raises(ValidationError) as refused:
            validator.validate("Correct-Horse-9")

        assert ["password.too_weak"] == [each.code for each in refused.value.error_list]

    def test_the_creation_form_of_django(self) -> None:
        """
        The user that it makes is known while the password is judged.
        """
        validators = [
            {
                "NAME": "winbooks_identity.adapters.django.PolicyValidator",
                "OPTIONS": {"policy": "active-directory"},
            }
        ]
        data = dict.fromkeys(("password1", "password2"), "Lovelace-1-Lovelace")

        with override_settings(AUTH_PASSWORD_VALIDATORS=validators):
            form = NamedUserCreationForm(data | {"last_name": "Lovelace"})
            errors = form.errors.as_data()

        assert {"password2": ["password.personal_word_found"]} == {
            name: [each.code for each in found] for name, found in errors.items()
        }

    @pytest.mark.parametrize("name", ["username", "email"])
    def test_a_model_with_names_of_its_own(self, name: str) -> None:
        """
        The model says which fields hold the user name and the address.
        """

        class Account:
            def __init__(self) -> None:
                self.username = self.email = ""
                setattr(self, name, "lovelace")

            def get_username(self) -> str:
                return self.username

            def get_email_field_name(self) -> str:
                return "email"

        with pytest.raises(ValidationError):
            PolicyValidator("active-directory").validate(
                "Lovelace-1-Lovelace", Account()
            )

    def test_nobody_in_particular(self) -> None:
        """
        An object without any of the attributes is no obstacle.
        """
        PolicyValidator("active-directory").validate("Lovelace-1-Lovelace", object())

    def test_an_attribute_that_is_empty(self) -> None:
        """
        A half made user may lack a value, but not the attribute.
        """
        user = get_user_model()(username="ada")
        policy = {"policy": "active-directory"}

        PolicyValidator(**policy, user_attributes=["last_name"]).validate(
            "None-None-None-1", user
        )
        with pytest.raises(ImproperlyConfigured, match="User has no attribute 'nick'"):
            PolicyValidator(**policy, user_attributes=["nick"]).validate("", user)

    @pytest.mark.parametrize(
        "options,words",
        [
            ({"policy": "strict"}, "no policy is called 'strict'; there are portal, "),
            ({"min_length": 200}, "policy\\."),
        ],
    )
    def test_a_mistake_in_the_settings(
        self, options: dict[str, Any], words: str
    ) -> None:
        """
        It is found when Django starts to use them.
        """
        with pytest.raises(ImproperlyConfigured, match=words):
            PolicyValidator(**options)
