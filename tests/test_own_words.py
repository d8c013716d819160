"""
A product's own words reach every sentence that the library says.
"""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import pytest

import winbooks_identity
from winbooks_identity.adapters.letters import StandardLetters, StandardLinkLetters
from winbooks_identity.errors import HasherBusy, InvalidFields
from winbooks_identity.forms.description import FormDescription, error_summary
from winbooks_identity.forms.new_user import NewEmployee
from winbooks_identity.forms.problem_details import problem_details
from winbooks_identity.forms.schema import general_json_schema, json_schema
from winbooks_identity.language import Language
from winbooks_identity.level import Level
from winbooks_identity.licence import Licence, Product
from winbooks_identity.life_cycle import Step, StepNotAllowed
from winbooks_identity.names import CompanyName
from winbooks_identity.passwords import Password, PasswordPolicy
from winbooks_identity.passwords.audit import Standard
from winbooks_identity.passwords.named import NAMED
from winbooks_identity.passwords.notation import WrongType
from winbooks_identity.ports import CredentialsLetter, IdChangeLetter, LinkLetter
from winbooks_identity.problems import Missing
from winbooks_identity.refusals import LicenceDiffers
from winbooks_identity.role import Role
from winbooks_identity.secret import Secret
from winbooks_identity.synchronisation import Reason
from winbooks_identity.texts import Plural, sentences
from winbooks_identity.texts.export import as_json, templates
from winbooks_identity.texts.overrides import Overrides
from winbooks_identity.winbooks_id import WinBooksId


SOURCE: Final = Path(winbooks_identity.__file__).parent
LICENCE: Final = Licence(
    number="WB-1",
    product=Product.CLASSIC,
    holder=CompanyName("Kantoor Peeters"),
    language=Language.DUTCH,
)
NOW: Final = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)
SOMEBODY: Final = WinBooksId("an.peeters@example.org")
NUMBER: Final = UUID(int=7)


def ours(code: str, params: Mapping[str, str | int], locale: str) -> str:
    """
    Say the code instead of a sentence, so that nothing else can hide.
    """
    del params, locale
    # The names of days and months are counted.
    return " ".join([f"<{code}>"] * 12) if code.endswith(("days", "months")) else code


def silent_calls(tree: ast.AST) -> Iterator[int]:
    """
    Yield the lines that say a sentence in some language without a translator.

    ``text`` and whatever has a `message`, `label` or `help` says one; where no
    language is given, it is for programmers.
    """
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        is_table = ast.unparse(node.func) == "texts.text"
        locale = node.args[0] if node.args else None
        is_said = (
            node.func.attr in {"message", "label", "help"}
            and locale is not None
            # A column of SQL has a label too: a text that stands there.
            and not isinstance(locale, ast.Constant)
        )
        is_passed_on = ast.unparse(node.func.value) in {"screen", "self._screen"}
        named = {keyword.arg for keyword in node.keywords}
        if (is_table or is_said) and not is_passed_on and "translator" not in named:
            yield node.lineno


class TestEverySentence:
    """
    No sentence is taken from a table without asking the product first.
    """

    @pytest.mark.parametrize(
        "file",
        [path for path in SOURCE.rglob("*.py") if "testing" not in path.parts],
        ids=lambda path: str(path.relative_to(SOURCE)),
    )
    def test_the_translator_is_handed_on(self, file: Path) -> None:
        """
        A place that forgets it is named by its line.
        """
        assert [] == list(silent_calls(ast.parse(file.read_text("utf-8"))))

    def test_a_place_that_forgets_it_is_found(self) -> None:
        """
        The search sees what it is for.
        """
        code = (
            "texts.text(code, locale)\n"
            "problem.message(locale)\n"
            "level.label(locale, translator=translator)\n"
            "problem.message()\n"
        )

        assert [1, 2] == list(silent_calls(ast.parse(code)))


class TestTheCore:
    """
    Values, policies and refusals say the product's words.
    """

    def test_levels_roles_and_steps(self) -> None:
        """
        Names and explanations are sentences like any other.
        """
        assert [
            "level.user",
            "level.user.help",
            "role.view_user.help",
            "step.erase",
        ] == [
            Level.USER.label("nl", translator=ours),
            Level.USER.help("nl", translator=ours),
            Role.VIEW_USER.help("nl", translator=ours),
            Step.ERASE.label("nl", translator=ours),
        ]

    def test_names_inside_a_sentence(self) -> None:
        """
        What a sentence names is said in the product's words as well.
        """
        words = Overrides(
            {
                "nl": {
                    "step.erase": "vergeten",
                    "licence.field.holder": "naam van het kantoor",
                    "password_policy.type.integer": "een aantal",
                }
            }
        )
        problems = (
            StepNotAllowed(step="erase", legal="activate, erase"),
            *LicenceDiffers(("holder",)).problems,
            WrongType("min_length", "integer"),
            WrongType("breach_check", "off | report"),
        )

        said = [problem.message("nl", translator=words) for problem in problems]
        assert said[0].endswith("activeren, vergeten.")
        assert said[1].endswith("andere gegevens: naam van het kantoor.")
        assert "Bij min_length hoort een aantal." == said[2]
        assert "Bij breach_check hoort off | report." == said[3]

    def test_a_policy(self) -> None:
        """
        Its help, what a browser checks with, and an audit of it.
        """
        policy = NAMED["recommended"]
        description = policy.description("nl", translator=ours)
        help_texts = policy.help("nl", translator=ours)
        findings = policy.audit(Standard.NIST_SINGLE_FACTOR)

        assert {code.partition(".")[0] for code in help_texts} == {
            "password",
            "password_help",
        }
        assert list(help_texts) == description["help"]
        assert {f"password_audit.{each.topic}" for each in findings} == {
            each.message("nl", translator=ours) for each in findings
        }

    def test_what_makes_up_for_a_clause(self) -> None:
        """
        It is said in the product's words where something is known.
        """
        findings = PasswordPolicy().audit(Standard.NIST_SINGLE_FACTOR)

        assert {
            "",
            "password_audit.compensation.min_length",
            "password_audit.compensation.no_composition",
        } == {each.compensation("nl", translator=ours) for each in findings}

    def test_problem_details(self) -> None:
        """
        Title and details of a refusal, and of something that is broken.
        """
        refused = problem_details(
            InvalidFields({"level": (Missing(),)}), "nl", translator=ours
        )
        broken = problem_details(HasherBusy(), "nl", translator=ours)

        assert ("http.422", "field.missing") == (
            refused["title"],
            refused["errors"][0]["detail"],
        )
        assert "unavailable.hasher_busy" == broken["title"]

    def test_reasons_of_a_plan(self) -> None:
        """
        A reason is said like the problem that it tells of.
        """
        reason = Reason.of(Missing())

        assert "field.missing" == reason.message("nl", translator=ours)


class TestTheForm:
    """
    The form as data says the product's words.
    """

    def test_labels_help_and_choices(self) -> None:
        """
        Every field and every choice that has a code.
        """
        form = FormDescription.of(NewEmployee, licence=LICENCE)

        level = form["level"]
        assert [f"form.{field.name}" for field in form.fields] == [
            field.label("nl", translator=ours) for field in form.fields
        ]
        assert ["level.power_user", "level.administrator"] == [
            choice.label("nl", translator=ours) for choice in level.choices
        ]
        assert (
            "level.power_user \u2013 level.power_user.help"
            " level.administrator \u2013 level.administrator.help"
        ) == level.help("nl", translator=ours)
        assert "form.phone.help" == form["phone"].help("nl", translator=ours)

    def test_the_summary_of_a_refusal(self) -> None:
        """
        Each line of it.
        """
        (line,) = error_summary({"level": (Missing(),)}, "nl", translator=ours)

        assert "field.missing" == line.sentence

    def test_the_schema(self) -> None:
        """
        Titles and descriptions, of one licence and of any.
        """
        form = FormDescription.of(NewEmployee, licence=LICENCE)

        assert all(
            '"title": "form.phone", "description": "form.phone.help"'
            in json.dumps(schema)
            for schema in (
                json_schema(form, "nl", translator=ours),
                general_json_schema(NewEmployee, "nl", translator=ours),
            )
        )


class TestLetters:
    """
    The Portal's letters say the product's words.
    """

    def test_the_login_data(self) -> None:
        """
        Subject, text and date.
        """
        letters = StandardLetters(
            "portal@example.org", "https://portal.example.org/", translator=ours
        )

        mail = letters.credentials(
            CredentialsLetter(
                message_id=NUMBER,
                written_at=NOW,
                winbooks_id=SOMEBODY,
                licence_holder=LICENCE.holder,
                language=Language.DUTCH,
                password=Password("Rk7!vauz-Tq2M"),
                expires_at=NOW,
                is_active=True,
            )
        )

        text = mail.content.decode()
        assert "Subject: letter.credentials.subject" in text
        assert "letter.credentials.introduction" in text
        assert "letter.instant" in text
        assert "Wachtwoord" not in text

    def test_the_links(self) -> None:
        """
        What they share with the other letter as well as their own.
        """
        letters = StandardLinkLetters(
            "portal@example.org",
            "https://portal.example.org/",
            set_password_url="https://portal.example.org/choose",
            confirm_id_url="https://portal.example.org/confirm",
            translator=ours,
        )
        mails = (
            letters.set_password(
                LinkLetter(
                    message_id=NUMBER,
                    written_at=NOW,
                    recipient=SOMEBODY,
                    licence_holder=LICENCE.holder,
                    language=Language.DUTCH,
                    token=Secret("token"),
                    expires_at=NOW,
                )
            ),
            letters.id_change(
                IdChangeLetter(
                    message_id=NUMBER,
                    written_at=NOW,
                    recipient=SOMEBODY,
                    licence_holder=LICENCE.holder,
                    language=Language.DUTCH,
                )
            ),
        )

        texts = [mail.content.decode() for mail in mails]
        assert "Subject: letter.set_password.subject" in texts[0]
        assert "letter.instant" in texts[0]
        assert "Subject: letter.id_change.subject" in texts[1]
        assert all("letter.greeting" in text for text in texts)


class TestTemplates:
    """
    A front end gets the product's words with places for what is put in.
    """

    WORDS: Final = Overrides(
        {
            "nl": {
                "password.too_short": Plural(
                    "missing", "Nog één teken.", "Nog {missing} van {minimum} tekens."
                ),
                "password.too_long": "Meer dan {maximum} is te veel.",
            }
        }
    )

    def test_the_products_words_come_first(self) -> None:
        """
        In both forms where a number decides.
        """
        found = templates("nl-BE", self.WORDS)

        assert (
            Plural("missing", "Nog één teken.", "Nog {missing} van {minimum} tekens."),
            "Meer dan {maximum} is te veel.",
        ) == (found["password.too_short"], found["password.too_long"])

    def test_the_rest_is_said_as_ever(self) -> None:
        """
        What the product does not word is ours, and so is another language.
        """
        changed = {"password.too_short", "password.too_long"}

        found = templates("nl", self.WORDS)
        assert changed == {
            code for code, each in sentences("nl").items() if found[code] != each
        }
        assert sentences("fr") == templates("fr", self.WORDS)

    def test_a_browser_gets_them(self) -> None:
        """
        It checks in the words of the server.
        """
        description = PasswordPolicy().description("nl", translator=self.WORDS)

        said = description["sentences"]
        assert isinstance(said, dict)
        assert "Meer dan {maximum} is te veel." == said["password.too_long"]

    def test_so_does_the_export(self) -> None:
        """
        One file of all sentences, the product's among them.
        """
        assert "Meer dan {maximum} is te veel." in as_json("nl", self.WORDS)

    def test_a_place_is_shown_as_such_however_it_is_put_in(self) -> None:
        """
        A product may format in its own way.
        """

        def words(code: str, params: Mapping[str, str | int], locale: str) -> str:
            del code, locale
            return " ".join(f"{name}={value!s}" for name, value in params.items())

        assert "maximum={maximum}" == templates("nl", words)["password.too_long"]


class TestHowTo:
    """
    The page on one's own words.
    """

    PAGE: Final = Path(__file__).parents[1] / "docs/how-to/use-your-own-words.md"

    def test_its_code_says_what_it_says(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        Sentences, names and help in the product's words, and a language more.
        """
        names: dict[str, Any] = {}
        page = self.PAGE.read_text("utf-8")
        for block in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
            exec(block, names)  # noqa: S102  Our own page.

        said = capsys.readouterr().out.splitlines()
        assert ["Nog 3 tekens, dan zijn het er 12.", "Klant"] == said[:2]
        assert "Minstens 12 tekens." in said
        speak = names["speak"]
        assert "La password non è corretta." == speak("password.wrong", {}, "it-IT")
        assert None is speak("password.denied", {}, "it-IT")
        assert "Dit e-mailadres is al in gebruik." == speak(
            "winbooks_id.taken", {}, "nl"
        )
