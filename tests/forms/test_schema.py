"""
The form as JSON Schema: what to send, judged by a validator of another house.
"""

from typing import Any

import jsonschema
import pytest

from winbooks_identity.dossier import Dossier
from winbooks_identity.forms.description import FormDescription
from winbooks_identity.forms.new_user import NewEmployee, NewEndCustomer, NewUser
from winbooks_identity.forms.schema import Json, general_json_schema, json_schema
from winbooks_identity.language import Language
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName


LICENCE = Licence(
    number="WB-1",
    product=Product.CLASSIC,
    holder=CompanyName("Fiduciaire Peeters & Dubois BV"),
    language=Language.DUTCH,
)
DOSSIERS = [Dossier(number="D-1", name=CompanyName("Bakkerij De Korenaar BV"))]
EMPLOYEE: dict[str, Json] = {
    "winbooks_id": "ada@example.org",
    "generate_password": True,
    "level": "Power User",
    "first_name": "Ada",
    "last_name": "Lovelace",
}
CUSTOMER: dict[str, Json] = {
    **EMPLOYEE,
    "level": "User",
    "company_name": "Bakkerij De Korenaar BV",
    "language": "fr",
    "dossiers": ["D-1"],
    "roles": ["View.User"],
}


def accepts(kind: type[NewUser], form: dict[str, Json]) -> bool:
    """
    Tell whether the schema of the form for *kind* accepts *form*.
    """
    description = FormDescription.of(kind, licence=LICENCE, dossiers=DOSSIERS)
    schema = json_schema(description, flavour="ascii-safe")
    jsonschema.Draft202012Validator.check_schema(schema)
    return bool(jsonschema.Draft202012Validator(schema).is_valid(form))


class TestSchema:
    """
    The schema accepts what the library reads, and says what it would refuse.
    """

    @pytest.mark.parametrize(
        "kind,form", [(NewEmployee, EMPLOYEE), (NewEndCustomer, CUSTOMER)]
    )
    def test_a_good_form_is_accepted_by_both(
        self, kind: type[NewUser], form: dict[str, Json]
    ) -> None:
        """
        Schema and library agree on a form that is right.
        """
        assert accepts(kind, form)
        assert "ada@example.org" == (
            kind.parse(form, licence=LICENCE).winbooks_id.address
        )

    @pytest.mark.parametrize(
        "change",
        [
            {"level": "User"},
            {"level": 3},
            {"activate": "perhaps"},
            {"roles": ["View.User"]},
            {"roles": "View.Admin"},
            {"dossiers": ["D-9"]},
            {"dossiers": ["D-1", "D-1"]},
            {"password": "Correct-Horse-9"},
            {"generate_password": False},
            {"language": "de"},
            {"generate_password": False, "password": "Kort-9"},
            {"first_name": None},
        ],
        ids=str,
    )
    def test_what_is_wrong_is_refused(self, change: dict[str, Json]) -> None:
        """
        One change makes a good form a bad one.
        """
        assert not accepts(NewEmployee, {**EMPLOYEE, **change})

    @pytest.mark.parametrize("name", ["winbooks_id", "level", "generate_password"])
    def test_what_is_mandatory_is_asked_for(self, name: str) -> None:
        """
        A form without it is refused.
        """
        assert not accepts(
            NewEmployee, {field: EMPLOYEE[field] for field in EMPLOYEE if field != name}
        )

    def test_an_end_customer_needs_a_dossier(self) -> None:
        """
        An empty list is none.  [R38]
        """
        assert not accepts(NewEndCustomer, {**CUSTOMER, "dossiers": []})

    def test_on_web_asks_for_the_password(self) -> None:
        """
        There is no button that would stand in for it.  [R61]
        """
        on_web = Licence(
            number="WB-2",
            product=Product.ON_WEB,
            holder=CompanyName("Compta Plus SRL"),
            language=Language.FRENCH,
        )

        schema = json_schema(FormDescription.of(NewEmployee, licence=on_web))

        assert "password" in schema["required"]  # type: ignore[operator]
        assert "oneOf" not in schema
        password: Any = schema["properties"]["password"]  # type: ignore[index,call-overload]
        # The password of on Web may be shorter than one of the Portal.  [R60]
        jsonschema.validate("kort", password)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate("", password)

    def test_the_licence_is_not_sent(self) -> None:
        """
        It follows from who is signed in.  [R31]
        """
        schema = json_schema(FormDescription.of(NewEmployee, licence=LICENCE))

        assert "licence" not in schema["properties"]  # type: ignore[operator]

    def test_the_words_are_the_readers(self) -> None:
        """
        Titles and help come in the language that is asked for.
        """
        schema = json_schema(FormDescription.of(NewEmployee, licence=LICENCE), "nl")

        level = schema["properties"]["level"]  # type: ignore[index, call-overload]
        assert "Niveau" == level["title"]  # type: ignore[index, call-overload]


class TestGeneralSchema:
    """
    Without a licence, what depends on it is left open.
    """

    def test_no_firm_is_named(self) -> None:
        """
        Neither the company nor the language has a default.
        """
        schema = general_json_schema(NewEmployee)

        assert [False, False, True] == [
            "default" in schema["properties"][name]  # type: ignore[index, operator, call-overload]
            for name in ("company_name", "language", "activate")
        ]
