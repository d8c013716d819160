"""
Pydantic's models say what the library says, and nothing of what was sent.
"""

import json
import logging
import traceback
from collections.abc import Callable
from enum import Enum
from types import SimpleNamespace
from typing import Annotated, Literal

import pytest
from pydantic import (
    BaseModel,
    Field,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from winbooks_identity.adapters.phonenumbers import NationalPhoneParser
from winbooks_identity.adapters.pydantic import (
    CompanyNameField,
    DossiersField,
    IdentityModel,
    KeepsTo,
    LanguageField,
    LevelField,
    NewEmployeeForm,
    NewEndCustomerForm,
    NewUserForm,
    PasswordField,
    PersonNameField,
    PhoneField,
    ReadBy,
    RolesField,
    WinBooksIdField,
    masked,
)
from winbooks_identity.errors import InvalidFields
from winbooks_identity.forms.new_user import NewEmployee, NewEndCustomer
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.passwords import Password, PasswordPolicy
from winbooks_identity.passwords.named import ACTIVE_DIRECTORY
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.role import Role
from winbooks_identity.winbooks_id import WinBooksId


LICENCE = Licence(
    number="WB-1",
    product=Product.CLASSIC,
    holder=CompanyName("Fiduciaire Peeters & Dubois BV"),
    language=Language.DUTCH,
)
GOOD = {
    "winbooks_id": "ada@example.org",
    "password": "Correct-Horse-9",
    "level": "Power User",
    "first_name": "Ada",
    "last_name": "Lovelace",
}
CANARY = "Canary-7f3a"


class Colour(Enum):
    """
    A closed list of a project's own.
    """

    RED = "red"


class Own(IdentityModel):
    """
    A model with every type by itself.
    """

    winbooks_id: WinBooksIdField
    password: PasswordField
    level: LevelField
    dossiers: DossiersField = frozenset()
    roles: RolesField = frozenset()
    first_name: PersonNameField
    company_name: CompanyNameField | None = None
    phone: Annotated[PhoneNumber, ReadBy(NationalPhoneParser())] | None = None
    language: LanguageField = Language.DUTCH


class Strict(IdentityModel, extra="forbid"):
    """
    A model that refuses what it does not know, with a project's own checks.
    """

    password: PasswordField
    age: int = 0
    agreed: bool = False
    colour: Colour = Colour.RED
    kind: Literal["a", "b"] = "a"
    nickname: str = ""
    phone: PhoneField | None = None

    @field_validator("nickname")
    @classmethod
    def _no_shouting(cls, nickname: str) -> str:
        if nickname.isupper():
            raise ValueError(f"do not shout {nickname}")
        if nickname == "admin":
            raise PydanticCustomError("ours.taken", "Choose another one.", {"least": 3})
        return nickname

    @model_validator(mode="before")
    @classmethod
    def _one_at_a_time(cls, data: object) -> object:
        if isinstance(data, dict) and "both" in data:
            raise ValueError(f"not {data}")
        if isinstance(data, dict) and "form" in data:
            NewEmployee.parse(data, licence=LICENCE)
        return data


class Outer(IdentityModel):
    """
    A model around another.
    """

    inner: Strict
    others: tuple[Strict, ...] = ()


def refused(model: type[BaseModel], data: object) -> ValidationError:
    """
    Return what *model* raises for *data*.
    """
    with pytest.raises(ValidationError) as error:
        model.model_validate(data)
    return error.value


def codes(error: ValidationError) -> list[tuple[tuple[str | int, ...], str]]:
    """
    Return where *error* says which code.
    """
    return [(each["loc"], each["type"]) for each in error.errors()]


class TestTypes:
    """
    A type by itself reads as the whole form does.
    """

    def test_the_values(self) -> None:
        """
        What comes out are the library's values.
        """
        own = Own.model_validate(
            {
                "winbooks_id": " ada@example.org ",
                "password": "  Spaced-Out-9  ",
                "level": "licence admin",
                "dossiers": ["D-1"],
                "roles": "view.admin",
                "first_name": "Ada",
                "company_name": "Acme",
                "phone": "02 123 45 67",
                "language": "FR",
            }
        )

        assert "  Spaced-Out-9  " == own.password.reveal()
        assert {
            "winbooks_id": WinBooksId("ada@example.org"),
            "level": Level.ADMINISTRATOR,
            "dossiers": frozenset({"D-1"}),
            "roles": frozenset({Role.VIEW_ADMIN}),
            "first_name": PersonName("Ada"),
            "company_name": CompanyName("Acme"),
            "phone": PhoneNumber("+3221234567"),
            "language": Language.FRENCH,
        } == own.model_dump(exclude={"password"})

    def test_a_value_passes(self) -> None:
        """
        Who has a value need not write it down first.
        """
        own = Own.model_validate(
            GOOD
            | {
                "winbooks_id": WinBooksId("ada@example.org"),
                "password": Password("Correct-Horse-9"),
            }
        )

        assert "Correct-Horse-9" == own.password.reveal()

    def test_a_password_keeps_to_its_policy(self) -> None:
        """
        A model names its own policy; a ready password is checked too.
        """

        class Longer(IdentityModel):
            password: Annotated[Password, KeepsTo(PasswordPolicy(min_length=20))]

        assert [(("password",), "password.too_short")] == codes(
            refused(Longer, {"password": Password("Correct-Horse-9")})
        )

    def test_several_problems_of_one_field(self) -> None:
        """
        Length and kinds at once, with what they are about.  [R13]
        """
        error = refused(Own, GOOD | {"password": "kort"})

        assert [
            (
                "password.too_short",
                {"minimum": 12, "missing": 8},
                "Use at least 12 characters: 8 more.",
            ),
            (
                "password.too_few_kinds",
                {"needed": 3},
                PasswordPolicy().help()[1],
            ),
        ] == [(each["type"], each["ctx"], each["msg"]) for each in error.errors()]

    def test_all_fields_at_once(self) -> None:
        """
        What is missing has the library's code as well.
        """
        assert [
            (("winbooks_id",), "field.not_text"),
            (("password",), "field.missing"),
            (("level",), "field.missing"),
            (("roles",), "field.not_one_of"),
            (("first_name",), "field.missing"),
        ] == codes(refused(Own, {"winbooks_id": 3, "password": "", "roles": ["Root"]}))

    def test_written_as_json(self) -> None:
        """
        Values are written as they are read, and the password is left empty.  [R19]
        """
        own = Own.model_validate(GOOD | {"roles": ["View.Admin", "Connect.Accountant"]})

        written = own.model_dump_json()

        assert '"roles":["Connect.Accountant","View.Admin"]' in written
        assert '"level":"Power User"' in written
        assert '"winbooks_id":"ada@example.org"' in written
        assert '"password":null' in written

    def test_the_schema_says_what_to_send(self) -> None:
        """
        Formats, choices, and what is never sent back.
        """
        properties = Own.model_json_schema()["properties"]

        assert {
            "winbooks_id": {"pattern": "^[^@]+@[^@]+$", "type": "string"},
            "password": {"format": "password", "type": "string", "writeOnly": True},
            "level": {"enum": [level.value for level in Level], "type": "string"},
            "roles": {
                "items": {"enum": [role.value for role in Role], "type": "string"},
                "type": "array",
            },
            "language": {"enum": ["nl", "fr", "en"], "type": "string"},
        } == {
            name: {
                key: told
                for key, told in properties[name].items()
                if key not in {"title", "default"}
            }
            for name in ("winbooks_id", "password", "level", "roles", "language")
        }

    def test_the_schema_says_what_comes_back(self) -> None:
        """
        In the place of a password, nothing; an address in ASCII.
        """
        schema = Own.model_json_schema(mode="serialization")

        assert "null" == schema["properties"]["password"]["type"]
        assert "email" == schema["properties"]["winbooks_id"]["format"]

    def test_what_was_dumped_can_be_read_again(self) -> None:
        """
        But for the password, which has to be typed.  [R19]
        """
        own = Own.model_validate(GOOD | {"roles": ["View.Admin"], "dossiers": ["D-1"]})
        sent = json.loads(own.model_dump_json())

        assert [(("password",), "field.missing")] == codes(refused(Own, sent))
        assert own.model_dump(exclude={"password"}) == Own.model_validate(
            own.model_dump()
        ).model_dump(exclude={"password"})

    def test_a_mask_is_no_password(self) -> None:
        """
        What stands in the place of a password is refused.
        """
        error = refused(Own, GOOD | {"password": "**********"})

        assert [(("password",), "field.masked")] == codes(error)


class Node(IdentityModel):
    """
    A model that holds others of its kind.
    """

    password: PasswordField
    nodes: tuple["Node", ...] = ()


class TestNamedTypes:
    """
    Generators of clients find each model under its name.
    """

    def test_a_model_inside_another_one(self) -> None:
        """
        It is referred to.
        """
        schema = Outer.model_json_schema()

        assert {"$ref": "#/$defs/Strict"} == schema["properties"]["inner"]
        assert {"Colour", "Strict"} == {*schema["$defs"]}

    def test_a_model_that_holds_its_own_kind(self) -> None:
        """
        It is validated and described like any other, and its errors are masked.
        """
        good = {"password": "Correct-Horse-9"}
        error = refused(
            Node, good | {"nodes": [good, good | {"nodes": [{"password": CANARY}]}]}
        )

        assert [(("nodes", 1, "nodes", 0, "password"), "password.too_short")] == codes(
            error
        )
        assert {"$ref": "#/$defs/Node"} == Node.model_json_schema()["$defs"]["Node"][
            "properties"
        ]["nodes"]["items"]
        assert 1 == len(Node.model_validate(good | {"nodes": [good]}).nodes)


class Person(IdentityModel):
    """
    Who someone is, by names of a project's own in JSON.
    """

    first_name: PersonNameField = Field(alias="firstName")
    company: CompanyNameField | None = None


class Account(IdentityModel):
    """
    A password beside a person.
    """

    person: Person
    password: Annotated[Password, KeepsTo(ACTIVE_DIRECTORY)]


class SignUp(Person):
    """
    A person with a password, and with more of them inside.
    """

    password: Annotated[Password, KeepsTo(ACTIVE_DIRECTORY)]
    others: tuple["SignUp", ...] = ()


class TestThePerson:
    """
    A model says who the person is, so that no password relies on it.
    """

    @pytest.mark.parametrize(
        "data",
        [
            {"firstName": "Lovelace"},
            {"firstName": "Ada", "company": "Lovelace"},
            {"firstName": "Ada", "company": "Lovelace", "others": 3},
        ],
    )
    def test_names_and_aliases(self, data: dict[str, object]) -> None:
        """
        Under whichever name they were sent, and whatever else is wrong.
        """
        error = refused(SignUp, data | {"password": "Lovelace-1-Lovelace"})

        assert (("password",), "password.personal_word_found") in codes(error)

    def test_a_model_inside_knows_those_around_it(self) -> None:
        """
        And not the other way round, nor those of the one before.
        """
        inner = {"firstName": "Grace", "password": "Lovelace-1-Lovelace"}
        outer = {"firstName": "Lovelace", "password": "Correct-Horse-9"}

        assert [(("others", 0, "password"), "password.personal_word_found")] == codes(
            refused(SignUp, outer | {"others": [inner]})
        )
        assert SignUp.model_validate(inner).first_name == PersonName("Grace")

    def test_an_object_with_attributes(self) -> None:
        """
        A model may be read off one.
        """
        row = SimpleNamespace(
            firstName="Lovelace",
            company=None,
            others=(),
            password="Lovelace-1-Lovelace",
        )

        with pytest.raises(ValidationError) as error:
            SignUp.model_validate(row, from_attributes=True)

        assert [(("password",), "password.personal_word_found")] == codes(error.value)


class TestIdentityModel:
    """
    Whatever is wrong, no error carries what was sent.  [R19]
    """

    @pytest.mark.parametrize(
        "model,data,expected",
        [
            (Strict, {"age": 1, "nickname": CANARY}, "field.missing"),
            (Strict, {"password": CANARY}, "password.too_short"),
            (Strict, {"password": [CANARY]}, "field.not_text"),
            (
                Strict,
                {"password": CANARY + "-Long-9", "extra": CANARY},
                "field.not_possible",
            ),
            (
                Strict,
                {"password": CANARY + "-Long-9", "age": CANARY},
                "field.not_possible",
            ),
            (
                Strict,
                {"password": CANARY + "-Long-9", "agreed": CANARY},
                "field.not_yes_or_no",
            ),
            (
                Strict,
                {"password": CANARY + "-Long-9", "agreed": [CANARY]},
                "field.not_yes_or_no",
            ),
            (
                Strict,
                {"password": CANARY + "-Long-9", "colour": CANARY},
                "field.not_one_of",
            ),
            (
                Strict,
                {"password": CANARY + "-Long-9", "kind": CANARY},
                "field.not_one_of",
            ),
            (
                Strict,
                {"password": CANARY + "-Long-9", "nickname": CANARY.upper()},
                "field.not_possible",
            ),
            (
                Strict,
                {"password": CANARY + "-Long-9", "nickname": [CANARY]},
                "field.not_text",
            ),
            (Strict, {"password": CANARY, "both": True}, "field.not_possible"),
            (Strict, [CANARY], "field.not_possible"),
            (Strict, CANARY, "field.not_possible"),
            (Outer, {"inner": {"password": CANARY}}, "password.too_short"),
            (Outer, {"inner": CANARY}, "field.not_possible"),
            (Outer, {"others": [], "password": CANARY}, "field.missing"),
        ],
    )
    def test_nothing_leaks(
        self,
        model: type[BaseModel],
        data: object,
        expected: str,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        """
        Neither text, representation, data nor the log of the error has it.
        """
        error = refused(model, data)
        try:
            raise error
        except ValidationError:
            logging.getLogger("test").exception("refused")

        told = "".join(
            (
                str(error),
                repr(error),
                repr(error.errors()),
                error.json(),
                *traceback.format_exception_only(error),
                caplog.text,
            )
        )
        assert CANARY.casefold() not in told.casefold()
        assert expected in [code for _, code in codes(error)]

    def test_no_exception_leads_back_to_the_input(self) -> None:
        """
        A program that follows causes and contexts finds none.
        """
        error = refused(Strict, {"nickname": CANARY})

        assert (None, None) == (error.__cause__, error.__context__)

    @pytest.mark.parametrize(
        "validate",
        [
            Strict.model_validate_json,
            NewEmployeeForm.model_validate_json,
            lambda body: masked(TypeAdapter(Strict).validate_json, body),
            lambda body: masked(TypeAdapter(Strict | Outer).validate_json, body),
            lambda body: masked(TypeAdapter(list[Strict]).validate_json, body),
        ],
    )
    @pytest.mark.parametrize("end", ["", "}"])
    def test_broken_json(self, validate: Callable[[str], object], end: str) -> None:
        """
        Of what is no JSON, or of another kind, nothing is repeated either.
        """
        body = f'[{{"password": "{CANARY}"{end}'

        with pytest.raises(ValidationError) as caught:
            validate(body)

        told = str(caught.value) + caught.value.json() + repr(caught.value.errors())
        assert CANARY not in told
        assert caught.value.__context__ is None

    def test_the_words_of_a_project_stay(self) -> None:
        """
        An error that was made on purpose says what it says.
        """
        error = refused(
            Strict, GOOD | {"password": "Correct-Horse-9"} | {"nickname": "admin"}
        )

        ours = [each for each in error.errors() if each["type"] == "ours.taken"]
        assert [("Choose another one.", {"least": 3})] == [
            (each["msg"], each["ctx"]) for each in ours
        ]

    def test_what_the_library_raises_is_told_field_by_field(self) -> None:
        """
        A validator may read a form; its problems keep their fields and codes.
        """
        error = refused(Strict, GOOD | {"level": "", "form": True})

        assert [(("level",), "field.missing")] == codes(error)

    def test_the_place_of_an_inner_error(self) -> None:
        """
        It is the whole way to the field.
        """
        good = {"password": "Correct-Horse-9"}

        assert [(("others", 0, "password"), "field.missing")] == codes(
            refused(Outer, {"inner": good, "others": [{}]})
        )


class TestForm:
    """
    A whole form is taken as it was sent, and read at once.
    """

    def test_a_good_form_makes_an_employee(self) -> None:
        """
        What comes out is the library's value.
        """
        new = NewEmployeeForm.model_validate(GOOD).read(licence=LICENCE)

        assert isinstance(new, NewEmployee)
        assert WinBooksId("ada@example.org") == new.winbooks_id

    def test_a_good_form_makes_an_end_customer(self) -> None:
        """
        The other kind has the other form.
        """
        form = NewEndCustomerForm.model_validate(
            {
                "winbooks_id": "grace@example.org",
                "generate_password": True,
                "first_name": "Grace",
                "last_name": "Hopper",
                "company_name": "Acme BV",
                "language": "en",
                "roles": ["View.User"],
                "dossiers": ["D-1"],
                "phone": "02 123 45 67",
            }
        )

        new = form.read(licence=LICENCE, phone=NationalPhoneParser())

        assert isinstance(new, NewEndCustomer)
        assert PhoneNumber("+3221234567") == new.phone

    def test_every_problem_of_every_field(self) -> None:
        """
        Anything can have been sent; the library says what is wrong with it.
        """
        form = NewEmployeeForm.model_validate(
            GOOD | {"password": 3, "level": None, "activate": [], "roles": 7}
        )

        with pytest.raises(InvalidFields) as invalid:
            form.read(licence=LICENCE)

        assert {
            "password": ["field.not_text"],
            "level": ["field.missing"],
            "activate": ["field.not_yes_or_no"],
            "roles": ["field.not_text"],
        } == {
            name: [problem.code for problem in problems]
            for name, problems in invalid.value.by_field.items()
        }

    def test_a_password_is_missed(self) -> None:
        """
        A form without one says so.
        """
        with pytest.raises(InvalidFields, match=r"password: field\.missing"):
            NewEmployeeForm().read(licence=LICENCE)

    def test_a_dumped_form_has_no_password(self) -> None:
        """
        Nothing that stands for one can become one.  [R19]
        """
        form = NewEmployeeForm.model_validate(GOOD)
        again = NewEmployeeForm.model_validate(form.model_dump())

        assert (None, None) == (
            form.model_dump()["password"],
            json.loads(form.model_dump_json())["password"],
        )
        with pytest.raises(InvalidFields, match=r"^password: field\.missing$"):
            again.read(licence=LICENCE)

    def test_a_policy_of_its_own(self) -> None:
        """
        A product can ask for more.
        """
        form = NewEmployeeForm.model_validate(GOOD)

        with pytest.raises(InvalidFields, match=r"password\.too_short"):
            form.read(licence=LICENCE, policy=PasswordPolicy(min_length=20))

    @pytest.mark.parametrize("password", [CANARY, [CANARY], {"text": CANARY}])
    def test_the_password_is_nowhere(self, password: object) -> None:
        """
        Neither the form's representation nor its JSON has it.  [R19]
        """
        form = NewEmployeeForm.model_validate({"password": password})

        assert CANARY not in (
            repr(form) + str(form) + form.model_dump_json() + repr(form.model_dump())
        )

    @pytest.mark.parametrize("form", [NewEmployeeForm, NewEndCustomerForm])
    def test_the_schema_is_the_forms(self, form: type[NewUserForm]) -> None:
        """
        A client sees what is mandatory, and what the choices are.
        """
        schema = form.model_json_schema()

        assert "winbooks_id" in schema["required"]
        assert set(form.model_fields) == set(schema["properties"])
