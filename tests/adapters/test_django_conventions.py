"""
Forms and fields do in a Django project what Django's own do.
"""

from typing import Any

import attrs
import pytest
from django import forms
from django.http import QueryDict

from winbooks_identity import (
    Language,
    Level,
    Licence,
    NewEmployee,
    Password,
    Product,
    WinBooksId,
)
from winbooks_identity.adapters.django import (
    CompanyNameField,
    LanguageField,
    LevelField,
    NewEmployeeForm,
    PhoneField,
    RolesField,
    WinBooksIdField,
)
from winbooks_identity.forms.new_user import GeneratedPassword
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.role import Role


LICENCE = Licence(
    number="WB-1",
    product=Product.CLASSIC,
    holder=CompanyName("Fiduciaire Peeters"),
    language=Language.DUTCH,
)
SENT = (
    "winbooks_id=ada%40example.org&password=Correct-Horse-9&level=Power+User"
    "&first_name=Ada&last_name=Lovelace&roles=View.Admin&activate=on"
    "&company_name=Fiduciaire+Peeters&language=nl"
)


def employee(query: str | None = None, **options: Any) -> NewEmployeeForm:  # noqa: ANN401  What Django takes.
    """
    Return the form for staff, with what a browser sent.
    """
    data = None if query is None else QueryDict(query)
    return NewEmployeeForm(data, licence=LICENCE, **options)


class TestCleanedData:
    """
    What is cleaned are values, and no raw text.
    """

    def test_of_a_form_that_is_accepted(self) -> None:
        """
        Those of the new user.
        """
        form = employee(SENT)

        assert form.is_valid()
        cleaned = form.cleaned_data
        assert WinBooksId("ada@example.org") == cleaned["winbooks_id"]
        assert (Level.POWER_USER, Language.DUTCH, None) == (
            cleaned["level"],
            cleaned["language"],
            cleaned["phone"],
        )
        assert frozenset({Role.VIEW_ADMIN}) == cleaned["roles"]
        assert isinstance(cleaned["password"], Password)
        boxes = ("activate", "send_credentials", "generate_password")
        assert [True, False, False] == [cleaned[name] for name in boxes]

    def test_of_a_password_that_is_generated(self) -> None:
        """
        None was typed.
        """
        form = employee(
            SENT.replace("password=Correct-Horse-9", "generate_password=on")
        )

        assert form.is_valid()
        assert form.cleaned_data["generate_password"] is True
        assert isinstance(form.cleaned_data["password"], GeneratedPassword)

    def test_of_a_form_without_the_choice(self) -> None:
        """
        The password of an on Web licence is the one there.
        """
        on_web = attrs.evolve(LICENCE, product=Product.ON_WEB)
        form = NewEmployeeForm(QueryDict(SENT), licence=on_web)

        assert form.is_valid()
        assert "generate_password" not in form.cleaned_data

    def test_of_a_form_that_is_refused(self) -> None:
        """
        No field is there that was not checked, and no password.
        """

        class WithRemark(NewEmployeeForm):
            remark = forms.CharField()

        form = WithRemark(
            QueryDict(SENT.replace("level=Power", "level=No") + "&remark=new"),
            licence=LICENCE,
        )

        assert {"level"} == {*form.errors}
        assert {"remark": "new"} == form.cleaned_data


class TestWholeForm:
    """
    Initial values, prefixes and formsets work.
    """

    def test_initial_values(self) -> None:
        """
        They are values of the library, or text.
        """
        initial = {
            "winbooks_id": WinBooksId("ada@example.org"),
            "level": Level.POWER_USER,
            "roles": {Role.VIEW_ADMIN},
            "first_name": PersonName("Ada"),
            "send_credentials": True,
        }
        page = str(employee(initial=initial))

        assert 'value="ada@example.org"' in page
        assert '<option value="Power User" selected>' in page
        assert 3 == page.count(" checked")  # That box and role, and the active user.
        assert 'value="Ada"' in page

    def test_what_changed(self) -> None:
        """
        Another spelling of what was shown is no change.
        """
        initial = {
            "winbooks_id": WinBooksId("ada@example.org"),
            "level": Level.POWER_USER,
            "roles": {Role.VIEW_ADMIN},
            "first_name": PersonName("Ada"),
            "last_name": "Lovelace",
        }

        assert ["password"] == employee(SENT, initial=initial).changed_data
        other = SENT.replace("Ada", "Grace").replace("&activate=on", "&phone=1")
        assert ["password", "activate", "first_name", "phone"] == (
            employee(other, initial=initial).changed_data
        )

    def test_several_users(self) -> None:
        """
        A form that was left as it was is none.
        """
        formset: Any = forms.formset_factory(NewEmployeeForm, extra=2)
        sent = "&".join(f"form-0-{pair}" for pair in SENT.split("&"))
        sent += "&form-1-activate=on&form-1-company_name=Fiduciaire+Peeters"
        sent += "&form-1-language=nl&form-TOTAL_FORMS=2&form-INITIAL_FORMS=0"

        made = formset(QueryDict(sent), form_kwargs={"licence": LICENCE})

        assert made.is_valid(), made.errors
        users = [form.new_user for form in made if form.has_changed()]
        assert [NewEmployee] == [*map(type, users)]
        assert [WinBooksId("ada@example.org")] == [each.winbooks_id for each in users]


class TestField:
    """
    A field takes what fields of Django take.
    """

    def test_the_value_of_nothing(self) -> None:
        """
        A project chooses it.
        """
        field = CompanyNameField(required=False, empty_value="")

        assert "" == field.clean(" ")
        assert None is PhoneField(required=False).clean("")

    @pytest.mark.parametrize("widget", [forms.RadioSelect, forms.RadioSelect()])
    def test_another_element(self, widget: Any) -> None:  # noqa: ANN401  A class or an object.
        """
        It offers the same choices.
        """

        class Form(forms.Form):
            level = LevelField(widget=widget)

        assert 3 == str(Form()["level"]).count('type="radio" name="level" value="') - 1

    def test_choices_of_a_project(self) -> None:
        """
        They can be fewer.
        """

        class Form(forms.Form):
            roles = RolesField()

        form: Any = Form()
        form.fields["roles"].choices = [("View.User", "Klant")]

        assert 1 == str(form["roles"]).count("checkbox")
        assert [("View.User", "Klant")] == form.fields["roles"].choices

    @pytest.mark.parametrize(
        "field, is_open",
        [
            (LevelField(), True),
            (LanguageField(required=False, initial="nl"), True),
            (LevelField(initial=Level.USER), False),
        ],
    )
    def test_nothing_is_chosen_by_itself(
        self, field: LevelField, *, is_open: bool
    ) -> None:
        """
        The first choice is none, until somebody chose or a project did.
        """
        assert ("---------" in [shown for _, shown in field.choices]) is is_open

    def test_a_label_of_its_own(self) -> None:
        """
        A subclass and a form keep theirs.
        """

        class CustomerIdField(WinBooksIdField):
            def __init__(self, **options: Any) -> None:  # noqa: ANN401  What Django takes.
                super().__init__(**{"label": "Klant", "help_text": "?", **options})

        class Form(forms.Form):
            customer = CustomerIdField()
            winbooks_id = WinBooksIdField(label="Login", initial="a@b.be")

        page = str(Form())

        assert "Klant:" in page
        assert "Login:" in page
        assert 'value="a@b.be"' in page
