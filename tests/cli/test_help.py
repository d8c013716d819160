"""
The help of the command line, in every language, and the options that stand anywhere.
"""

import json
from collections.abc import Iterator
from typing import Final

import pytest
from cyclopts import App

from winbooks_identity.cli.application import application, run
from winbooks_identity.cli.screen import Screen
from winbooks_identity.texts import LANGUAGES, sentences
from winbooks_identity.texts.overrides import Overrides


#: What Cyclopts would say by itself.
ENGLISH: Final = (
    "Usage",
    "Commands",
    "Parameters",
    "default:",
    "choices:",
    "required",
    "Display",
    "COMMAND ",
    "PATH",
    "STR",
    "INT",
    "CHOICE",
)


#: What help says as questions and tables do, and the heading of all.
ELSEWHERE: Final = {
    "cli.help.program",
    "cli.field.first_name",
    "cli.field.last_name",
    "cli.field.company_name",
    "cli.field.phone",
}


def paths(app: App, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """
    Yield the words of every command, and of those that have commands below them.
    """
    yield path
    for name in app:
        if not name.startswith("-"):
            yield from paths(app[name], (*path, name))


EVERYWHERE: Final = tuple(paths(application(Screen("en"))))


def codes_of_options(app: App) -> Iterator[str]:
    """
    Yield the code of the sentence of each option that *app* takes.
    """
    for argument in app.assemble_argument_collection():
        if argument.show:
            yield argument.parameter.help or f"{argument.name} has no help"


def codes_below(app: App) -> Iterator[str]:
    """
    Yield the code of each sentence that the help of *app* and its commands shows.
    """
    yield app.help
    if app.default_command:
        yield from codes_of_options(app)
    for name in app:
        if not name.startswith("-"):
            yield from codes_below(app[name])
        elif app[name].show:
            yield app[name].help


class TestHelp:
    """
    The help speaks the language of its reader.
    """

    @pytest.mark.parametrize("path", EVERYWHERE, ids=" ".join)
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_page_is_in_every_language(
        self, language: str, path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        No code is left open, and Cyclopts adds nothing in English.
        """
        code = run([*path, "--help", "--language", language])

        page = " ".join(capsys.readouterr().out.split())
        name = ".".join(("command", *path)) if path else "help.program"
        heading = str(sentences(language)[f"cli.{name}"])
        assert 0 == code
        assert " ".join(heading.split()) in page
        assert "cli." not in page
        assert [] == [word for word in ENGLISH if language != "en" and word in page]

    def test_every_command_and_option_has_a_sentence_and_none_is_left_over(
        self,
    ) -> None:
        """
        A command or option without a sentence is named, and so is the reverse.
        """
        app = application(Screen("en"))
        shown = {*codes_below(app), *codes_of_options(app.meta)}

        families = ("cli.command.", "cli.option.")
        ours = {code for code in sentences("en") if code.startswith(families)}
        assert ours == {code for code in shown if code not in ELSEWHERE}

    def test_a_command_is_summed_up_in_its_list(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        The first paragraph is enough there.
        """
        run(["password", "--help", "--language=fr"])

        page = capsys.readouterr().out
        assert "Générer un mot de passe que le Portail accepte." in page
        assert "la même chance" not in page

    @pytest.mark.parametrize(
        "arguments,line",
        [
            (
                ("provision", "--help"),
                "Gebruik: winbooks-identity provision --database ADRES [OPTIES] BESTAND",
            ),
            (
                ("policy", "--help"),
                "Gebruik: winbooks-identity policy OPDRACHT [OPTIES]",
            ),
        ],
    )
    def test_words_for_values_are_translated(
        self,
        arguments: tuple[str, ...],
        line: str,
        capsys: pytest.CaptureFixture[str],
    ) -> None:
        """
        Names that are typed stay as they are.
        """
        run(["--language", "nl", *arguments])

        assert line in capsys.readouterr().out

    def test_a_default_is_told_where_there_is_one_to_tell(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        A switch that is off, or an option left away, goes without saying.
        """
        run(["--language", "nl", "password", "generate", "--help"])
        run(["--language", "nl", "user", "create", "--help"])

        page = capsys.readouterr().out
        assert "[standaard: 16]" in page
        assert "False" not in page
        assert '""' not in page

    def test_a_product_can_put_its_own_words(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        The translator is asked first, for help as for everything else.
        """
        ours = Overrides({"nl": {"cli.command.user.list": "Wie is er?"}})

        run(["--language=nl", "user", "--help"], translator=ours)

        assert "Wie is er?" in capsys.readouterr().out


class TestAnywhere:
    """
    ``--json`` and ``--language`` stand before, between or behind the words.
    """

    @pytest.mark.parametrize(
        "arguments",
        [
            ("--json", "password", "generate", "--count=2"),
            ("password", "--json", "generate", "--count=2"),
            ("password", "generate", "--json", "--count=2"),
            ("password", "generate", "--count=2", "--json"),
        ],
    )
    def test_json(
        self, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        The answer is the same document.
        """
        code = run(arguments)

        assert 0 == code
        assert 2 == len(json.loads(capsys.readouterr().out)["passwords"])

    @pytest.mark.parametrize(
        "arguments",
        [
            ("--language", "nl", "password", "check", "surplus"),
            ("--language=nl", "password", "check", "surplus"),
            ("password", "--language", "nl", "check", "surplus"),
            ("password", "check", "surplus", "--language", "nl"),
        ],
    )
    def test_language(
        self, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        What is wrong is told in that language.
        """
        code = run(arguments)

        assert 2 == code
        assert "Er is een argument te veel." in capsys.readouterr().err

    def test_behind_two_dashes_they_are_values(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        A file may be called like an option.
        """
        code = run(["policy", "show", "--language=en", "--", "--json"])

        assert 2 == code
        assert "A policy is a .toml or .json file" in capsys.readouterr().err

    def test_a_gate_is_not_fooled_by_a_wrong_language(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        ``policy diff`` tells wrong usage by a number of its own, wherever it is.
        """
        code = run(["--language=xx", "policy", "diff", "portal", "portal"])

        assert 64 == code
        assert "" == capsys.readouterr().out

    def test_the_nearest_option_may_be_one_of_them(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """
        They are options of every command.
        """
        monkeypatch.setenv("LC_ALL", "C.UTF-8")

        run(["password", "generate", "--no-json"])

        assert "the nearest is --json." in capsys.readouterr().err
