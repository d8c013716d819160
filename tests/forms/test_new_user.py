"""
The creation form: every field, every rule, every problem at once.
"""

from collections.abc import Mapping

import pytest

from winbooks_identity.dossier import InvalidNumber
from winbooks_identity.errors import Invalid, InvalidFields
from winbooks_identity.forms.new_user import (
    DossierRequired,
    GeneratedPassword,
    GenerationNotAllowed,
    NewEmployee,
    NewEndCustomer,
    RoleRequired,
    TypedAndGenerated,
)
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName, PersonName
from winbooks_identity.passwords import Password, PasswordPolicy
from winbooks_identity.passwords.problems import TooFewKinds, TooShort
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.problems import Missing, NotOneOf, NotText, NotYesOrNo, Problem
from winbooks_identity.role import NotForEndCustomers, NotForStaff, Role
from winbooks_identity.winbooks_id import WinBooksId


CLASSIC = Licence(
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

EMPLOYEE: dict[str, object] = {
    "winbooks_id": "Ada@example.org",
    "password": "Correct-Horse-9",
    "level": "Power User",
    "first_name": "Ada",
    "last_name": "Lovelace",
}

CUSTOMER: dict[str, object] = {
    "winbooks_id": "grace@example.org",
    "generate_password": "on",
    "first_name": "Grace",
    "last_name": "Hopper",
    "company_name": "Bakkerij De Korenaar BV",
    "language": "en",
    "dossiers": ["1001"],
    "roles": ["View.User"],
}


def problems_of_employee(
    changes: Mapping[str, object], licence: Licence = CLASSIC
) -> dict[str, tuple[Problem, ...]]:
    """
    Return the problems of an employee's form with *changes*.
    """
    try:
        NewEmployee.parse({**EMPLOYEE, **changes}, licence=licence)
    except InvalidFields as invalid:
        return dict(invalid.by_field)
    return {}


def problems_of_customer(
    changes: Mapping[str, object],
) -> dict[str, tuple[Problem, ...]]:
    """
    Return the problems of an end customer's form with *changes*.
    """
    try:
        NewEndCustomer.parse({**CUSTOMER, **changes}, licence=CLASSIC)
    except InvalidFields as invalid:
        return dict(invalid.by_field)
    return {}


class TestEmployee:
    """
    The form for staff.  [R21, R33, R39, R47, Q1, Q2]
    """

    def test_the_least(self) -> None:
        """
        ID, password, level and names are enough; the rest has its default.
        """
        new = NewEmployee.parse(EMPLOYEE, licence=CLASSIC)

        assert (
            CompanyName("Fiduciaire Peeters & Dubois BV"),
            Language.DUTCH,
            None,
            True,
            False,
            frozenset(),
            frozenset(),
            False,
        ) == (
            new.company_name,
            new.language,
            new.phone,
            new.activate,
            new.send_credentials,
            new.dossiers,
            new.roles,
            new.notify_all_dossiers,
        )

    def test_the_most(self) -> None:
        """
        Every field of the form arrives where it belongs.
        """
        new = NewEmployee.parse(
            {
                "winbooks_id": " Ada@Example.org ",
                "password": "Correct-Horse-9",
                "level": "Admin. Licentie",
                "activate": "off",
                "send_credentials": "on",
                "dossiers": ["1002", "1001", "1002"],
                "roles": ["connect. accountant", "View.Admin"],
                "notify_all_dossiers": True,
                "first_name": "Ada",
                "last_name": "Lovelace",
                "company_name": "Analytical Engines NV",
                "phone": "+32 470 12 34 56",
                "language": "fr",
            },
            licence=CLASSIC,
        )

        assert (
            "Ada@example.org",
            "Correct-Horse-9",
            NewEmployee(
                winbooks_id=WinBooksId("ada@example.org"),
                password=new.password,
                level=Level.ADMINISTRATOR,
                activate=False,
                send_credentials=True,
                dossiers=frozenset({"1001", "1002"}),
                roles=frozenset({Role.CONNECT_ACCOUNTANT, Role.VIEW_ADMIN}),
                notify_all_dossiers=True,
                first_name=PersonName("Ada"),
                last_name=PersonName("Lovelace"),
                company_name=CompanyName("Analytical Engines NV"),
                phone=PhoneNumber("+32470123456"),
                language=Language.FRENCH,
            ),
        ) == (new.winbooks_id.address, revealed(new.password), new)

    def test_every_problem_of_every_field_is_told_at_once(self) -> None:
        """
        An empty form says everything that it lacks.  [Q1, R13]
        """
        with pytest.raises(InvalidFields) as caught:
            NewEmployee.parse({}, licence=CLASSIC)

        assert dict.fromkeys(
            ("winbooks_id", "password", "level", "first_name", "last_name"),
            (Missing(),),
        ) == dict(caught.value.by_field)

    @pytest.mark.parametrize(
        "field,given,expected",
        [
            ("level", "User", (NotOneOf("Power User, Administrator"),)),
            ("level", "Boss", (NotOneOf("Power User, Administrator"),)),
            ("roles", ["Boss"], (NotOneOf("Connect.Accountant, View.Admin"),)),
            ("roles", ["View.User"], (NotForStaff("View.User"),)),
            (
                "roles",
                ["View.User", "View.Admin", "Connect.Entrepreneur"],
                (NotForStaff("Connect.Entrepreneur"), NotForStaff("View.User")),
            ),
            ("dossiers", ["10 01"], (InvalidNumber(),)),
            ("activate", "perhaps", (NotYesOrNo(),)),
            ("send_credentials", 2, (NotYesOrNo(),)),
            ("notify_all_dossiers", "?", (NotYesOrNo(),)),
            ("language", "de", (NotOneOf("nl, fr, en"),)),
            ("first_name", 7, (NotText(),)),
            ("last_name", "  ", (Missing(),)),
            ("company_name", b"x", (NotText(),)),
        ],
    )
    def test_a_wrong_field(
        self, field: str, given: object, expected: tuple[Problem, ...]
    ) -> None:
        """
        A wrong field has its problems, and no other field has any.
        """
        assert {field: expected} == problems_of_employee({field: given})

    def test_a_wrong_id_and_a_wrong_phone_have_the_problems_of_their_values(
        self,
    ) -> None:
        """
        The form adds nothing to what the values say.
        """
        assert {
            "winbooks_id": WinBooksId.check("ada@"),
            "phone": PhoneNumber.check("call me"),
        } == problems_of_employee({"winbooks_id": "ada@", "phone": "call me"})

    def test_the_phone_is_read_as_the_product_says(self) -> None:
        """
        National notation is the product's choice.
        """
        new = NewEmployee.parse(
            EMPLOYEE | {"phone": "0470 12 34 56"},
            licence=CLASSIC,
            phone=lambda text: PhoneNumber("+32" + "".join(text.split())[1:]),
        )

        assert PhoneNumber("+32470123456") == new.phone

    def test_the_licence_is_not_typed(self) -> None:
        """
        A licence in the form changes nothing.  [R31]
        """
        assert {} == problems_of_employee({"licence": "WB-666"})


def revealed(password: Password | GeneratedPassword) -> str:
    """
    Return a typed password in clear.
    """
    assert isinstance(password, Password)
    return password.reveal()


class TestPassword:
    """
    The password is typed or generated: one of them.  [R11, R12, R15, R20]
    """

    def test_typed(self) -> None:
        """
        Blanks at its ends belong to it.
        """
        new = NewEmployee.parse(
            EMPLOYEE | {"password": " Correct-Horse "}, licence=CLASSIC
        )

        assert " Correct-Horse " == revealed(new.password)

    def test_generated(self) -> None:
        """
        The button stands for a password that is drawn later.
        """
        new = NewEmployee.parse(
            EMPLOYEE | {"password": "", "generate_password": True}, licence=CLASSIC
        )

        assert GeneratedPassword(length=16) == new.password

    @pytest.mark.parametrize(
        "changes,expected",
        [
            ({"password": None}, (Missing(),)),
            ({"password": 123456789012}, (NotText(),)),
            ({"generate_password": True}, (TypedAndGenerated(),)),
            ({"password": "abc"}, (TooShort(12, 9), TooFewKinds(3))),
        ],
    )
    def test_refused(
        self, changes: dict[str, object], expected: tuple[Problem, ...]
    ) -> None:
        """
        Both, neither, and a weak one are refused on the password's field.
        """
        assert {"password": expected} == problems_of_employee(changes)

    @pytest.mark.parametrize("password", ["", "Correct-Horse-9"])
    def test_the_button_is_pressed_or_not(self, password: str) -> None:
        """
        Anything else is a problem of the button, not of the password.
        """
        assert {"generate_password": (NotYesOrNo(),)} == problems_of_employee(
            {"generate_password": "perhaps", "password": password}
        )

    def test_the_policy_is_the_products(self) -> None:
        """
        A stricter policy refuses what the Portal takes.
        """
        with pytest.raises(InvalidFields) as caught:
            NewEmployee.parse(
                EMPLOYEE, licence=CLASSIC, policy=PasswordPolicy(min_length=16)
            )

        assert {"password": (TooShort(16, 1),)} == caught.value.by_field

    def test_no_problem_repeats_the_password(self) -> None:
        """
        What is raised can be logged.
        """
        with pytest.raises(InvalidFields) as caught:
            NewEmployee.parse(
                EMPLOYEE | {"password": "canary", "level": "canary"}, licence=CLASSIC
            )

        assert "canary" not in f"{caught.value!s}{caught.value!r}"


class TestOnWeb:
    """
    By hand on an on Web licence: the same form, without generation.

    [R61, R62, Q9]
    """

    def test_generation_is_refused(self) -> None:
        """
        A fresh password cannot be the on Web one.
        """
        assert {"password": (GenerationNotAllowed(),)} == problems_of_employee(
            {"password": "", "generate_password": True}, ON_WEB
        )

    def test_generation_beside_a_typed_password_is_two_problems(self) -> None:
        """
        Both rules are told.
        """
        assert {
            "password": (GenerationNotAllowed(), TypedAndGenerated())
        } == problems_of_employee({"generate_password": True}, ON_WEB)

    def test_the_policy_waits_for_on_web(self) -> None:
        """
        Whether it is the on Web password comes before whether it is a good one.
        """
        new = NewEmployee.parse(EMPLOYEE | {"password": "abc"}, licence=ON_WEB)

        assert "abc" == revealed(new.password)

    def test_what_can_be_no_password_is_refused(self) -> None:
        """
        A line end is in no password, on no product.
        """
        with pytest.raises(Invalid) as caught:
            Password("abc\n")

        assert {"password": caught.value.problems} == problems_of_employee(
            {"password": "abc\n"}, ON_WEB
        )


class TestEndCustomer:
    """
    The form for entrepreneurs.  [R22, R38, R48, R51, Q1, Q2]
    """

    def test_the_level_need_not_be_said(self) -> None:
        """
        There is one level for end customers.
        """
        assert Level.USER == NewEndCustomer.parse(CUSTOMER, licence=CLASSIC).level

    @pytest.mark.parametrize(
        "field,given,expected",
        [
            ("level", "Power User", (NotOneOf("User"),)),
            ("level", "Administrator", (NotOneOf("User"),)),
            ("dossiers", [], (DossierRequired(),)),
            ("roles", [], (RoleRequired(),)),
            ("roles", ["View.Admin"], (NotForEndCustomers("View.Admin"),)),
            ("company_name", "", (Missing(),)),
            ("language", "", (Missing(),)),
        ],
    )
    def test_a_wrong_field(
        self, field: str, given: object, expected: tuple[Problem, ...]
    ) -> None:
        """
        What staff may leave out, an end customer may not.
        """
        assert {field: expected} == problems_of_customer({field: given})

    def test_rules_on_unreadable_fields_wait(self) -> None:
        """
        A role that does not exist is one problem, not also a missing role.
        """
        assert {
            "level": (NotOneOf("User"),),
            "roles": (NotOneOf("Connect.Entrepreneur, View.User"),),
            "dossiers": (InvalidNumber(),),
        } == problems_of_customer(
            {"level": "Boss", "roles": ["Boss"], "dossiers": ["?"]}
        )

    def test_the_constructor_guards_itself(self) -> None:
        """
        A value cannot break the rules of its kind either.
        """
        with pytest.raises(InvalidFields) as caught:
            NewEndCustomer(
                winbooks_id=WinBooksId("grace@example.org"),
                password=GeneratedPassword(),
                level=Level.ADMINISTRATOR,
                first_name=PersonName("Grace"),
                last_name=PersonName("Hopper"),
                company_name=CompanyName("Bakkerij De Korenaar BV"),
                language=Language.ENGLISH,
            )

        assert {
            "level": (NotOneOf("User"),),
            "dossiers": (DossierRequired(),),
            "roles": (RoleRequired(),),
        } == caught.value.by_field
