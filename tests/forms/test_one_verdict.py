"""
A password gets one verdict, whichever form it is typed into.
"""

from collections.abc import Callable, Iterable
from typing import Annotated, Final

import pytest
import wtforms
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import (
    get_password_validators,
    validate_password,
)
from django.core.exceptions import ValidationError as DjangoError
from django.http import QueryDict
from pydantic import ValidationError as PydanticError
from werkzeug.datastructures import MultiDict

from winbooks_identity.adapters import django, pydantic
from winbooks_identity.adapters import wtforms as for_wtforms
from winbooks_identity.dossier import Dossier
from winbooks_identity.errors import InvalidFields
from winbooks_identity.forms.new_user import NewEmployee, NewEndCustomer, NewUser
from winbooks_identity.forms.provisioning_file import InvalidFile, Office
from winbooks_identity.language import Language
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName
from winbooks_identity.passwords import Password, PasswordJudge
from winbooks_identity.passwords.breached import Found, LookUp, NotFound, key_of
from winbooks_identity.passwords.named import NAMED
from winbooks_identity.problems import Problem


LICENCE: Final = Licence(
    number="WB-2041",
    product=Product.CLASSIC,
    holder=CompanyName("Fiduciaire Dubois BV"),
    language=Language.DUTCH,
)
DOSSIERS: Final = [
    Dossier(number="KORENAAR", name=CompanyName("Bakkerij Zonnebloem BV")),
    Dossier(number="LILAS", name=CompanyName("Garage Verhoeven SRL")),
]
PERSON: Final = {
    "winbooks_id": "boekhouding@kantoor.be",
    "level": "Power User",
    "first_name": "Jan",
    "last_name": "Peeters",
    "company_name": "Compta Plus",
    "dossiers": "KORENAAR",
}
CUSTOMER: Final = PERSON | {"level": "", "language": "nl", "roles": "View.User"}
LEAKED: Final = "Gelekt!Kasteel-7481-Vijver"


class Leaks:
    """
    One leaked password.
    """

    def look_up(self, key: bytes) -> LookUp:
        """
        Return what is known about the password with this key.
        """
        return Found(3) if key == key_of(LEAKED) else NotFound()


#: What the settings of a Django project name by its dotted path.
LEAKS: Final = Leaks()


def of_problems(problems: Iterable[Problem]) -> list[str]:
    """
    Return the codes of *problems*.
    """
    return [each.code for each in problems]


def parsed(kind: type[NewUser], person: dict[str, str]) -> "Entry":
    """
    Return an entry that parses the form of *kind*.
    """

    def entry(password: str, policy: str) -> list[str]:
        try:
            kind.parse(
                person | {"password": password},
                licence=LICENCE,
                policy=NAMED[policy],
                breached=LEAKS,
                dossiers=DOSSIERS,
            )
        except InvalidFields as invalid:
            return of_problems(invalid.by_field["password"])
        return []

    return entry


def provisioning_file(password: str, policy: str) -> list[str]:
    """
    Write the person into a provisioning file.
    """
    person = {**PERSON, "password": password}
    dossiers = f'dossiers = ["{person.pop("dossiers")}"]'
    text = "\n".join(
        (
            "[licence]",
            'number = "WB-2041"',
            'product = "WinBooks Classic"',
            'holder = "Fiduciaire Dubois BV"',
            'language = "nl"',
            "[[dossier]]",
            'number = "KORENAAR"',
            'name = "Bakkerij Zonnebloem BV"',
            "[[employee]]",
            *(f'{name} = "{value}"' for name, value in person.items()),
            dossiers,
        )
    )
    try:
        Office.parse(text, policy=NAMED[policy], breached=LEAKS)
    except InvalidFile as invalid:
        return of_problems(each.problem for each in invalid.findings)
    return []


def django_form(password: str, policy: str) -> list[str]:
    """
    Send Django's whole form.
    """
    data = QueryDict(mutable=True)
    data.update(PERSON | {"password": password})
    form = django.NewEmployeeForm(
        data,
        licence=LICENCE,
        dossiers=DOSSIERS,
        policy=NAMED[policy],
        breached=LEAKS,
    )
    return [str(each.code) for each in form.errors.as_data().get("password", ())]


def django_fields(password: str, policy: str) -> list[str]:
    """
    Send a form of one's own in Django, the password first.
    """

    class SignUp(forms.Form):
        password = django.PasswordField(
            NAMED[policy], breached=LEAKS, personal_fields=["nickname"]
        )
        nickname = forms.CharField()
        winbooks_id = django.WinBooksIdField(
            disabled=True, initial="boekhouding@kantoor.be"
        )
        first_name = django.PersonNameField()
        last_name = django.PersonNameField()
        company_name = django.CompanyNameField()

    form = SignUp(PERSON | {"password": password, "nickname": "Pelikaan"})
    return [str(each.code) for each in form.errors.as_data().get("password", ())]


def django_accounts(password: str, policy: str) -> list[str]:
    """
    Ask the validators of Django's accounts, of a user that is half made.
    """
    options = {
        "policy": policy,
        "breached": f"{__name__}.LEAKS",
        "user_attributes": ["nickname", "company_name"],
    }
    name = "winbooks_identity.adapters.django.PolicyValidator"
    validators = get_password_validators([{"NAME": name, "OPTIONS": options}])
    user = get_user_model()(
        username="boekhouding@kantoor.be", first_name="Jan", last_name="Peeters"
    )
    vars(user).update(nickname="Pelikaan", company_name="Compta Plus")
    try:
        validate_password(password, user, validators)
    except DjangoError as refused:
        return [str(each.code) for each in refused.error_list]
    return []


def wtforms_form(password: str, policy: str) -> list[str]:
    """
    Send the whole form of WTForms.
    """
    form = for_wtforms.NewEmployeeForm(
        MultiDict(PERSON | {"password": password}),
        licence=LICENCE,
        dossiers=DOSSIERS,
        policy=NAMED[policy],
        breached=LEAKS,
    )
    form.validate()
    return of_problems(form.problems.get("password", ()))


def wtforms_fields(password: str, policy: str) -> list[str]:
    """
    Send a form of one's own in WTForms, the password first.
    """

    class SignUp(wtforms.Form):
        password = for_wtforms.PasswordField(
            policy=NAMED[policy], breached=LEAKS, personal_fields=["nickname"]
        )
        nickname = wtforms.StringField()
        winbooks_id = for_wtforms.WinBooksIdField()
        first_name = for_wtforms.PersonNameField()
        last_name = for_wtforms.PersonNameField()
        company_name = for_wtforms.CompanyNameField()

    data = PERSON | {"password": password, "nickname": "Pelikaan"}
    form = SignUp(MultiDict(data))
    form.validate()
    return of_problems(form.password.problems)


def pydantic_form(password: str, policy: str) -> list[str]:
    """
    Send the whole form as JSON.
    """
    form = pydantic.NewEmployeeForm.model_validate(PERSON | {"password": password})
    try:
        form.read(
            licence=LICENCE, policy=NAMED[policy], breached=LEAKS, dossiers=DOSSIERS
        )
    except InvalidFields as invalid:
        return of_problems(invalid.by_field["password"])
    return []


def pydantic_customer(password: str, policy: str) -> list[str]:
    """
    Send the form of an end customer as JSON.
    """
    form = pydantic.NewEndCustomerForm.model_validate(CUSTOMER | {"password": password})
    try:
        form.read(
            licence=LICENCE, policy=NAMED[policy], breached=LEAKS, dossiers=DOSSIERS
        )
    except InvalidFields as invalid:
        return of_problems(invalid.by_field["password"])
    return []


def pydantic_model(password: str, policy: str) -> list[str]:
    """
    Send a model of one's own, the password first.
    """
    keeps_to = pydantic.KeepsTo(NAMED[policy], breached=LEAKS)

    class SignUp(pydantic.IdentityModel):
        password: Annotated[Password, keeps_to] | None = None
        winbooks_id: pydantic.WinBooksIdField
        first_name: pydantic.PersonNameField
        last_name: pydantic.PersonNameField
        company_name: pydantic.CompanyNameField

    data = {name: PERSON[name] for name in list(SignUp.model_fields)[1:]}
    try:
        SignUp.model_validate(data | {"password": password})
    except PydanticError as refused:
        return [
            each["type"] for each in refused.errors() if each["loc"] == ("password",)
        ]
    return []


Entry = Callable[[str, str], list[str]]

#: The forms that know the office and its dossiers.
WHOLE: Final[dict[str, Entry]] = {
    "employee": parsed(NewEmployee, PERSON),
    "end customer": parsed(NewEndCustomer, CUSTOMER),
    "provisioning file": provisioning_file,
    "Django form": django_form,
    "WTForms form": wtforms_form,
    "Pydantic form": pydantic_form,
    "Pydantic form of an end customer": pydantic_customer,
}

#: Those that a project makes of the fields, which know the person.
OWN: Final[dict[str, Entry]] = {
    "Django fields": django_fields,
    "Django accounts": django_accounts,
    "WTForms fields": wtforms_fields,
    "Pydantic model": pydantic_model,
}

#: What leans on the person, what has leaked, what is weak, and what is good.
PASSWORDS: Final = (
    "PeetersJan-2026-Peeters",
    "Jan1-Jan2-Jan1-Jan2-Jan1",
    "Peeters1-Peeters2-Peeters1",
    "Boekhouding1-Boekhouding2",
    "Compta!Plus1Compta!Plus",
    LEAKED,
    "aaaaaaaaaaaA1-aaaaaaa",
    "kort",
    "Wolkenbreuk-7481-Steiger-Kraan",
)

#: What leans on the office, its licence or a dossier.
ABOUT_THE_OFFICE: Final = (
    "Fiduciaire!1Dubois-Fiduciaire",
    "WB2041-wb2041-WB2041-wb2041",
    "Bakkerij-1-Zonnebloem-Bakkerij",
    "KORENAAR-Korenaar-1-KORENAAR",
)
KNOWN: Final = (
    *("Jan", "Peeters", "boekhouding@kantoor.be", "Compta Plus"),
    *("Fiduciaire Dubois BV", "WB-2041", "Bakkerij Zonnebloem BV", "KORENAAR"),
)


def expected(password: str, policy: str) -> list[str]:
    """
    Return the verdict of a judge who knows everything.
    """
    judge = PasswordJudge(policy=NAMED[policy], breached=LEAKS)
    return of_problems(judge.check(password, personal=KNOWN))


class TestOneVerdict:
    """
    Every form passes on the person, the leaked passwords and the whole policy.
    """

    @pytest.mark.parametrize("policy", NAMED)
    @pytest.mark.parametrize("entry", [*WHOLE, *OWN])
    def test_the_person_the_leaks_and_the_rest(self, entry: str, policy: str) -> None:
        """
        Each password gets the codes that it gets from the judge.
        """
        ask = (WHOLE | OWN)[entry]

        assert {each: expected(each, policy) for each in PASSWORDS} == {
            each: ask(each, policy) for each in PASSWORDS
        }

    @pytest.mark.parametrize("policy", NAMED)
    @pytest.mark.parametrize("entry", WHOLE)
    def test_the_office_and_its_dossiers(self, entry: str, policy: str) -> None:
        """
        The whole forms know them too.
        """
        assert {each: expected(each, policy) for each in ABOUT_THE_OFFICE} == {
            each: WHOLE[entry](each, policy) for each in ABOUT_THE_OFFICE
        }

    @pytest.mark.parametrize("entry", [*WHOLE, *OWN])
    def test_the_recommended_policy(self, entry: str) -> None:
        """
        It refuses the own name and the leaked password, and takes the good one.
        """
        ask = (WHOLE | OWN)[entry]
        own, *_, good = PASSWORDS

        assert "password.personal_words" in ask(own, "recommended")
        assert ["password.breached"] == ask(LEAKED, "recommended")
        assert [] == ask(good, "recommended")

    @pytest.mark.parametrize(
        "entry", ["Django fields", "Django accounts", "WTForms fields"]
    )
    def test_what_a_project_names(self, entry: str) -> None:
        """
        More fields and attributes can say who the person is.
        """
        assert ["password.personal_word_found"] == OWN[entry](
            "Pelikaan-1-Pelikaan", "active-directory"
        )
