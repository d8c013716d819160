"""
Reading a provisioning file: everything that is wrong, each at its line.
"""

import pytest

from winbooks_identity.adapters.phonenumbers import NationalPhoneParser
from winbooks_identity.dossier import Dossier, InvalidNumber
from winbooks_identity.forms.new_user import (
    DossierRequired,
    GeneratedPassword,
    GenerationNotAllowed,
    NewEmployee,
    NewEndCustomer,
    RoleRequired,
)
from winbooks_identity.forms.provisioning_file import Finding, InvalidFile, Office
from winbooks_identity.forms.provisioning_file.problems import (
    NotOneTable,
    NotQuoted,
    NotTables,
    NotToml,
    SameDossier,
    SameWinBooksId,
    UndeclaredDossier,
    UnknownField,
    UnknownTable,
)
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName
from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.problems import TooShort
from winbooks_identity.phone import NotInternational, PhoneNumber
from winbooks_identity.problems import Missing, NotOneOf, NotText, Problem
from winbooks_identity.role import Role


LICENCE = """\
[licence]
number = "WB-1"
product = "Classic"
holder = "Fiduciaire Peeters & Dubois BV"
language = "nl"
"""

DOSSIER = """\
[[dossier]]
number = "D-1"
name = "Bakkerij De Korenaar BV"
"""

EMPLOYEE = """\
[[employee]]
winbooks_id = "ada@example.org"
generate_password = true
level = "Power User"
first_name = "Ada"
last_name = "Lovelace"
"""

CUSTOMER = """\
[[end_customer]]
winbooks_id = "grace@example.org"
password = "Correct-Horse-9"
first_name = "Grace"
last_name = "Hopper"
company_name = "Bakkerij De Korenaar BV"
language = "en"
phone = "+3225123456"
activate = false
send_credentials = true
dossiers = ["D-1"]
roles = ["View.User"]
notify_all_dossiers = true
"""


def findings(text: str) -> tuple[Finding, ...]:
    """
    Return what is wrong with the file of that *text*.
    """
    with pytest.raises(InvalidFile) as caught:
        Office.parse(text)
    return caught.value.findings


def found(text: str) -> list[tuple[int, str | None, str | None, Problem]]:
    """
    Return what is wrong, in a form that is short to compare with.
    """
    return [(it.line, it.table, it.field, it.problem) for it in findings(text)]


class TestOffice:
    """
    A file without faults becomes a licence, dossiers and filled-in forms.
    """

    def test_licence_and_dossiers(self) -> None:
        """
        Both are read by their fields.
        """
        office = Office.parse(LICENCE + DOSSIER)

        assert office == Office(
            licence=Licence(
                number="WB-1",
                product=Product.CLASSIC,
                holder=CompanyName("Fiduciaire Peeters & Dubois BV"),
                language=Language.DUTCH,
            ),
            dossiers=(
                Dossier(number="D-1", name=CompanyName("Bakkerij De Korenaar BV")),
            ),
            people=(),
        )

    def test_an_employee(self) -> None:
        """
        The form's defaults hold, and those of the licence.
        """
        (person,) = Office.parse(LICENCE + EMPLOYEE).people

        assert 6 == person.line
        assert isinstance(person.new, NewEmployee)
        assert GeneratedPassword() == person.new.password
        assert Level.POWER_USER == person.new.level
        assert Language.DUTCH == person.new.language
        assert "Fiduciaire Peeters & Dubois BV" == str(person.new.company_name)

    def test_an_end_customer(self) -> None:
        """
        Every field of the form can be given.
        """
        (person,) = Office.parse(LICENCE + DOSSIER + CUSTOMER).people

        assert isinstance(person.new, NewEndCustomer)
        assert not isinstance(person.new.password, GeneratedPassword)
        assert "Correct-Horse-9" == person.new.password.reveal()
        assert PhoneNumber("+3225123456") == person.new.phone
        assert not person.new.activate
        assert person.new.send_credentials
        assert {"D-1"} == person.new.dossiers
        assert {Role.VIEW_USER} == person.new.roles
        assert person.new.notify_all_dossiers

    def test_people_come_in_the_order_of_their_lines(self) -> None:
        """
        The order is the file's, whatever the kind.
        """
        text = LICENCE + DOSSIER + CUSTOMER + EMPLOYEE

        assert [9, 22] == [person.line for person in Office.parse(text).people]

    def test_phone_and_policy_are_the_callers(self) -> None:
        """
        National notation and another rule for passwords can be asked for.
        """
        text = LICENCE + DOSSIER + CUSTOMER.replace("+3225123456", "02 512 34 56")

        office = Office.parse(
            text, phone=NationalPhoneParser(), policy=PasswordPolicy(min_length=15)
        )

        assert PhoneNumber("+3225123456") == office.people[0].new.phone

    def test_a_frozen_value(self) -> None:
        """
        Two readings of one file are equal, and show no password.
        """
        text = LICENCE + DOSSIER + EMPLOYEE

        assert Office.parse(text) == Office.parse(text)
        assert "Correct-Horse" not in repr(Office.parse(LICENCE + DOSSIER + CUSTOMER))


class TestNotToml:
    """
    What is not TOML is refused with its place and without its content.
    """

    @pytest.mark.parametrize(
        "text,line,column",
        [
            ("[licence\n", 1, 9),
            ('a = 1\nb = "Correct-Horse\n', 2, 19),
            ('a = """Correct-Horse', 1, 21),
            ("a =\n", 1, 4),
            ("a = 1\na = 2\n\n", 2, 6),
            ("a = " + "[" * 5000, 1, 5005),
            ("a = " + "9" * 5000, 1, 5005),
            ("\x00", 1, 1),
            ("\u0301" * 1_000_000, 1, 1),
        ],
        ids=range(9),
    )
    def test_the_place_is_named(self, text: str, line: int, column: int) -> None:
        """
        Line and column where reading stopped, or the end of the file.
        """
        assert [(line, None, None, NotToml(column))] == found(text)

    def test_the_cause_is_left_behind(self) -> None:
        """
        What tomllib says may quote the file, so nobody can come across it.
        """
        with pytest.raises(InvalidFile) as caught:
            Office.parse("password = Correct-Horse-9")

        assert caught.value.__context__ is None
        assert "Horse" not in str(caught.value)

    def test_not_text(self) -> None:
        """
        Octets have to be decoded first.
        """
        assert [(1, None, None, NotText())] == found(b"a = 1")  # type: ignore[arg-type]


class TestShape:
    """
    The file has four kinds of tables, with the fields of their forms.
    """

    def test_a_file_without_licence(self) -> None:
        """
        Users are made in a licence.
        """
        assert [(1, "licence", None, Missing())] == found(DOSSIER)

    def test_an_unknown_table(self) -> None:
        """
        It is named, at its line, with the table that was meant.
        """
        assert [(6, None, None, UnknownTable("employees", "employee"))] == found(
            LICENCE + EMPLOYEE.replace("employee", "employees")
        )

    def test_an_unknown_field(self) -> None:
        """
        It is named, at its line, with the field that was meant.
        """
        unknown = UnknownField("frist_name", "first_name")

        assert [(12, "employee", None, unknown)] == found(
            LICENCE + EMPLOYEE + 'frist_name = "Ada"\n'
        )

    @pytest.mark.parametrize(
        "key,shown",
        [
            (r'"\u001b[31m"', r'"\u001b[31m"'),
            (r'"a\nb"', r'"a\nb"'),
            ("k" * 50, "k" * 40 + "…"),
        ],
    )
    def test_an_unknown_field_cannot_paint_the_screen(
        self, key: str, shown: str
    ) -> None:
        """
        A key is shown without control characters, and never at length.
        """
        (finding,) = findings(LICENCE + f"{key} = 1\n")

        assert shown == finding.problem.params["name"]

    @pytest.mark.parametrize(
        "text,line,table,problem",
        [
            ("[[licence]]\n", 1, "licence", NotOneTable("licence")),
            ("licence = 1\n", 1, "licence", NotOneTable("licence")),
            (LICENCE + "[employee]\n", 6, "employee", NotTables("employee")),
            ("dossier = [1]\n" + LICENCE, 1, "dossier", NotTables("dossier")),
        ],
    )
    def test_brackets(self, text: str, line: int, table: str, problem: Problem) -> None:
        """
        The licence stands in single brackets, the rest in double ones.
        """
        assert [(line, table, None, problem)] == found(text)

    def test_a_number_without_quotes(self) -> None:
        """
        The file tells how text is written in TOML.
        """
        text = LICENCE + '[[dossier]]\nnumber = 17\nname = "X"\n'

        assert [(7, "dossier", "number", NotQuoted())] == found(text)


class TestEveryProblem:
    """
    Every problem of every row is reported at once, at its line.
    """

    def test_three_bad_rows_among_fifty(self) -> None:
        """
        Exactly those three are named.
        """
        rows = [EMPLOYEE.replace("ada@", f"ada{row}@") for row in range(50)]
        rows[3] = rows[3].replace('"Power User"', '"Boss"')
        rows[20] = rows[20].replace("generate_password = true", 'password = "short"')
        rows[49] = rows[49].replace('first_name = "Ada"\n', "")

        found_in = [(it.line, it.field) for it in findings(LICENCE + "".join(rows))]

        assert [
            (6 + 3 * 6 + 3, "level"),
            (6 + 20 * 6 + 2, "password"),
            (6 + 20 * 6 + 2, "password"),
            (6 + 49 * 6, "first_name"),
        ] == found_in

    def test_a_wrong_licence_does_not_hide_wrong_rows(self) -> None:
        """
        The rows are read all the same.
        """
        text = LICENCE.replace("Classic", "Excel") + EMPLOYEE.replace(
            "Power User", "Boss"
        )

        assert [(3, "product"), (9, "level")] == [
            (it.line, it.field) for it in findings(text)
        ]

    def test_a_wrong_on_web_licence_is_still_on_web(self) -> None:
        """
        What can be read of the licence decides about its rows.
        """
        text = LICENCE.replace("Classic", "on Web").replace('"nl"', '"de"') + EMPLOYEE

        assert [
            (5, "licence", "language", NotOneOf("nl, fr, en")),
            (8, "employee", "generate_password", GenerationNotAllowed()),
        ] == found(text)

    def test_problems_of_several_fields(self) -> None:
        """
        A missing field is reported where its row begins.
        """
        text = LICENCE + CUSTOMER.replace('roles = ["View.User"]\n', "").replace(
            'dossiers = ["D-1"]', "dossiers = []"
        ).replace("+32", "0")

        assert [
            (6, "end_customer", "roles", RoleRequired()),
            (13, "end_customer", "phone", NotInternational()),
            (16, "end_customer", "dossiers", DossierRequired()),
        ] == found(text)

    def test_a_password_keeps_to_the_policy(self) -> None:
        """
        The problem is at the password, and does not repeat it.
        """
        text = LICENCE + DOSSIER + CUSTOMER.replace("Correct-Horse-9", "Canary-9")

        assert [(11, "end_customer", "password", TooShort(12, 4))] == found(text)
        assert "Canary" not in str(findings(text))

    def test_a_dossier_with_two_problems(self) -> None:
        """
        Dossiers are read as the form reads them.
        """
        text = LICENCE + '[[dossier]]\nnumber = "a b"\nname = ""\n'

        assert [
            (7, "dossier", "number", InvalidNumber()),
            (8, "dossier", "name", Missing()),
        ] == found(text)


class TestAcrossRows:
    """
    What each row may say depends on the others.
    """

    def test_the_same_winbooks_id_in_another_spelling(self) -> None:
        """
        The second names the line of the first.  [R3]
        """
        second = EMPLOYEE.replace("ada@example.org", " ADA@Example.ORG ")

        assert [(13, "employee", "winbooks_id", SameWinBooksId(6))] == found(
            LICENCE + EMPLOYEE + second
        )

    def test_a_third_names_the_first_too(self) -> None:
        """
        All of them point to one row, whatever else is wrong with it.
        """
        first = EMPLOYEE.replace("Power User", "Boss")
        text = LICENCE + first + EMPLOYEE + EMPLOYEE

        assert [
            (13, SameWinBooksId(6)),
            (19, SameWinBooksId(6)),
        ] == [
            (it.line, it.problem) for it in findings(text) if it.field == "winbooks_id"
        ]

    def test_rows_on_one_line(self) -> None:
        """
        A row is found again even on its own line.
        """
        row = '{number = "D-1", name = "X"}'

        assert [(1, "dossier", "number", SameDossier(1))] == found(
            f"dossier = [{row}, {row}]\n{LICENCE}"
        )

    def test_a_dossier_twice(self) -> None:
        """
        A number stands for one dossier.
        """
        assert [(10, "dossier", "number", SameDossier(6))] == found(
            LICENCE + DOSSIER + DOSSIER
        )

    def test_a_dossier_that_the_file_does_not_declare(self) -> None:
        """
        Each is named, whatever the order of the tables.
        """
        text = LICENCE + CUSTOMER.replace('"D-1"', '"D-1", "D-3", "D-2"') + DOSSIER

        assert [
            (16, "end_customer", "dossiers", UndeclaredDossier("D-2")),
            (16, "end_customer", "dossiers", UndeclaredDossier("D-3")),
        ] == found(text)

    def test_a_wrong_dossier_is_declared_all_the_same(self) -> None:
        """
        One mistake is reported once.
        """
        text = LICENCE + DOSSIER.replace("Bakkerij De Korenaar BV", "") + CUSTOMER

        assert [(8, "dossier", "name", Missing())] == found(text)

    def test_what_cannot_be_read_is_compared_with_nothing(self) -> None:
        """
        A wrong ID is no second one, and a wrong number no undeclared dossier.
        """
        text = LICENCE + CUSTOMER.replace("grace@example.org", "grace").replace(
            '"D-1"', '"a b"'
        )

        assert ["winbooks_id.no_at_sign", "number.invalid"] == [
            finding.problem.code for finding in findings(text)
        ]
