"""
TOML from strangers costs a bounded time.  [S39]
"""

import subprocess
import sys

import pytest

from winbooks_identity import PasswordPolicy, toml_document
from winbooks_identity.errors import Invalid
from winbooks_identity.forms.provisioning_file import InvalidFile, Office
from winbooks_identity.passwords.notation import MAX_TEXT, TextTooLong, Unreadable


def key(parts: int, *, quoted: bool = False) -> str:
    """
    Return a key of so many parts.
    """
    return ".".join(['"a.b"' if quoted else "a"] * parts)


class TestLoad:
    """
    Keys have a bounded number of parts, and everything else is TOML.
    """

    @pytest.mark.parametrize("quoted", [False, True])
    @pytest.mark.parametrize(
        "line",
        [
            "{} = 1",
            "[{}]",
            "[[{}]]",
            "  {}=1 # x.y.z",
            "x = {{{} = 1}}",
            "x = [1, {{y = 2, {} = 1}}]",
            '"=" = {{{} = 1}}',
            'x = [""" """, {{{} = 1}}] # "',
            "x = [''' ''', {{{} = 1}}] # '",
        ],
    )
    def test_the_most_parts(self, line: str, *, quoted: bool) -> None:
        """
        Twenty are read, twenty-one are not; dots in quotes do not count.
        """
        assert toml_document.load(line.format(key(20, quoted=quoted)))
        with pytest.raises(ValueError, match="line 2"):
            toml_document.load("\n" + line.format(key(21, quoted=quoted)))

    @pytest.mark.parametrize(
        "text,document",
        [
            (
                'a = "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20.21.22"',
                {"a": "1.2.3.4.5.6.7.8.9.10.11.12.13.14.15.16.17.18.19.20.21.22"},
            ),
            ("# a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.x.y.z = 1", {}),
            ("\ufeffa = 1", {"a": 1}),
            (f'a = """\n{key(30)}\n"""', {"a": f"{key(30)}\n"}),
            (f"a = '''{key(30)}'''", {"a": key(30)}),
            ("", {}),
        ],
    )
    def test_what_is_no_key(self, text: str, document: dict[str, object]) -> None:
        """
        Values and remarks have as many dots as they like; a mark does not count.
        """
        assert document == toml_document.load(text)

    @pytest.mark.parametrize("text", ["a", "a = ", "x = " + "[" * 20_000])
    def test_what_is_no_toml(self, text: str) -> None:
        """
        Broken, or nested too deeply.
        """
        with pytest.raises(ValueError, match=r"."):
            toml_document.load(text)

    @pytest.mark.parametrize(
        "part", ['"\\', "'''a'", '\\"""', '"""\\', "''' '", '"a\n', "'a\n", "'"]
    )
    def test_strings_without_an_end(self, part: str) -> None:
        """
        A broken text costs no more than a whole one: a second or so for a megabyte.

        To look for the end of each string anew would take minutes, and the system
        ends the process.
        """
        script = (
            "import resource\n"
            "from winbooks_identity import toml_document\n"
            "resource.setrlimit(resource.RLIMIT_CPU, (30, 30))\n"
            f"text = {part!r} * (1_000_000 // {len(part)})\n"
            "try: toml_document.load(text)\n"
            "except ValueError: print('broken')\n"
        )

        run = subprocess.run(  # noqa: S603
            [sys.executable, "-c", script], capture_output=True, check=False
        )

        assert b"broken\n" == run.stdout

    def test_dots_in_a_string_of_several_lines(self) -> None:
        """
        They are no key, whatever quotes stand around them.
        """
        dots = "." * 25
        text = f'x = """\n\'{dots}"" \\"{dots}\n{dots}"""""\ny = 1'

        found = toml_document.load(text)

        assert {"x": f'\'{dots}"" "{dots}\n{dots}""', "y": 1} == found


class TestDoors:
    """
    A policy and an office are read this way.
    """

    @pytest.mark.parametrize(
        "text",
        [
            key(20_000) + " = 1",
            "x = " + "[" * 20_000,
            f"x = {{{key(20_000)} = 1}}",
            f'x = ["""\n""", {{{key(20_000)} = 1}}] # "',
        ],
    )
    def test_a_policy(self, text: str) -> None:
        """
        Too long outside its lists, and so not even looked at.
        """
        with pytest.raises(Invalid) as refusal:
            PasswordPolicy.from_toml(text)

        assert (TextTooLong(MAX_TEXT),) == refusal.value.problems

    @pytest.mark.parametrize(
        "text",
        [key(5_000) + " = 1", "x = " + "[" * 10_000, f"x = {{{key(5_000)} = 1}}"],
    )
    def test_a_policy_that_is_not_too_long(self, text: str) -> None:
        """
        Unreadable, at once.
        """
        with pytest.raises(Invalid) as refusal:
            PasswordPolicy.from_toml(text)

        assert (Unreadable("TOML"),) == refusal.value.problems

    def test_a_policy_in_json(self) -> None:
        """
        Nested too deeply; a byte order mark does not count.
        """
        with pytest.raises(Invalid) as refusal:
            PasswordPolicy.from_json("[" * 20_000)

        assert (Unreadable("JSON"),) == refusal.value.problems
        assert 14 == PasswordPolicy.from_json('\ufeff{"min_length": 14}').min_length
        assert 14 == PasswordPolicy.from_toml("\ufeffmin_length = 14").min_length

    def test_an_office(self) -> None:
        """
        The line is named.
        """
        with pytest.raises(InvalidFile) as refusal:
            Office.parse("\n\n" + key(20_000) + " = 1")

        assert [3] == [finding.line for finding in refusal.value.findings]
