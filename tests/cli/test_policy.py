"""
The command line shows, compares and audits password policies.
"""

import json
import subprocess
from pathlib import Path

import pytest

from command_line import CommandLine
from winbooks_identity.adapters.argon2 import CHEAPEST, Argon2Hasher
from winbooks_identity.adapters.embedded import open_office
from winbooks_identity.adapters.sorted_key_file import SortedKeyFile
from winbooks_identity.authorization import Distributor, WinBooksAdministration
from winbooks_identity.cli import git_revision
from winbooks_identity.cli.policy_file import policies
from winbooks_identity.forms.provisioning_file import Office
from winbooks_identity.passwords import Password, PasswordPolicy
from winbooks_identity.passwords.breached import key_of
from winbooks_identity.passwords.change import policy_change
from winbooks_identity.passwords.change_formats import (
    as_data,
    as_github,
    as_gitlab,
    as_markdown,
    as_text,
)
from winbooks_identity.passwords.named import NAMED, PORTAL
from winbooks_identity.passwords.people import habitual_choices, public_choices
from winbooks_identity.winbooks_id import WinBooksId


DATABASE = ("--database", "office.db")

OFFICE = """\
[licence]
number = "{number}"
product = "Classic"
holder = "Fiduciaire Peeters"
language = "nl"

[[employee]]
winbooks_id = "ada@{number}.example"
password = "Canary-Typed-1972"
level = "Administrator"
first_name = "Ada"
last_name = "Lovelace"
"""


ROLLED_OUT = """\
min_length = 16

[rollout]
asked = 2027-01-04
notice = 2027-02-01
change = 2027-04-01

[rollout.before]
min_length = 13
"""


@pytest.fixture
def policy(command: CommandLine) -> CommandLine:
    """
    Return what runs the commands below ``policy``.
    """
    return command.below("policy")


def write(name: str, text: str) -> str:
    """
    Write a file and return its name.
    """
    Path(name).write_text(text, encoding="utf-8")
    return name


def git(*arguments: str) -> None:
    """
    Run Git here, whatever the settings of this machine.
    """
    settings = ["-c", "user.name=Ada", "-c", "user.email=ada@office.example"]
    command = ["git", *settings, "-c", "commit.gpgsign=false", *arguments]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603


def repository(name: str, text: str) -> None:
    """
    Make a repository here, with one file in its only revision.
    """
    Path(name).parent.mkdir(exist_ok=True)
    write(name, text)
    git("init", "--quiet")
    git("add", name)
    git("commit", "--quiet", "--message", "Begin")


class TestShow:
    """
    A policy is shown with its rules, its name among all policies, and its help.
    """

    def test_the_words(self, policy: CommandLine) -> None:
        """
        Rules, fingerprint and what people read before they choose a password.
        """
        ended = policy("show", "portal")

        assert (0, "") == (ended.code, ended.err)
        assert "min_length" in ended.out
        assert PORTAL.fingerprint in ended.out
        assert "At least 12 characters." in ended.out

    def test_the_words_in_french(self, policy: CommandLine) -> None:
        """
        Every word is in the language that was asked for.
        """
        ended = policy("show", "portal", "--language", "fr")

        assert "Règle" in ended.out
        assert "Au moins 12 caractères." in ended.out

    @pytest.mark.parametrize("name", NAMED)
    def test_the_document(self, policy: CommandLine, name: str) -> None:
        """
        A program gets the rules as they are written in a file.
        """
        document = policy("show", name, "--json").document

        assert NAMED[name] == PasswordPolicy.from_mapping(document["policy"])
        assert NAMED[name].fingerprint == document["fingerprint"]
        assert list(NAMED[name].help()) == document["help"]

    def test_files(self, policy: CommandLine) -> None:
        """
        A file is TOML or JSON, as its name says.
        """
        toml = write("a.toml", "min_length = 14\n")
        as_json = write("a.json", '{"min_length": 14}')

        shown = [policy("show", each, "--json").document for each in (toml, as_json)]

        assert {14} == {each["policy"]["min_length"] for each in shown}


class TestDiff:
    """
    A pull request can gate on the exit code.
    """

    @pytest.mark.parametrize(
        "new, expected, outcome, relation",
        [
            ("min_length = 12", 0, "equal", "equal"),
            ("min_length = 14", 1, "stricter", "stricter"),
            ("min_length = 8", 2, "looser", "looser"),
            ("min_length = 14\nmin_kinds = 2", 3, "incomparable", "incomparable"),
            ("min_strength = 3", 1, "stricter", "equal"),
            ("min_length = 8\nmin_strength = 3", 3, "incomparable", "looser"),
        ],
    )
    def test_the_exit_code(
        self, policy: CommandLine, new: str, expected: int, outcome: str, relation: str
    ) -> None:
        """
        A rule that cannot be compared exactly counts by its direction.
        """
        ended = policy("diff", "portal", write("new.toml", new), "--json")

        assert expected == ended.code
        assert outcome == ended.document["outcome"]
        assert relation == ended.document["relation"]

    def test_the_words(self, policy: CommandLine) -> None:
        """
        What, why, whom, and what to do next.
        """
        new = write("new.toml", "min_length = 14\nmin_kinds = 2")

        ended = policy("diff", "portal", new, "--length", "33")

        assert (3, "") == (ended.code, ended.err)
        change = policy_change(
            PORTAL,
            PasswordPolicy(min_length=14, min_kinds=2),
            lists={"habits": habitual_choices(), "public": public_choices()},
            length=33,
        )
        assert as_text(change, name="new.toml") == ended.out
        assert "  - 33 characters: 0%\n" in ended.out

    def test_few_words_where_nothing_flips(self, policy: CommandLine) -> None:
        """
        What is not there is not spoken of.
        """
        own = write("own.txt", "welkom\n")

        ended = policy("diff", "portal", "portal", "--language=nl", "--people", own)

        assert [
            "Het nieuwe wachtwoordbeleid is gelijk aan het oude.",
            "",
            "Wie het raakt",
            '  - "own.txt": voor geen van 1 verandert er iets.',
            "",
            "Volgende stap",
            "  Geen: dezelfde wachtwoorden worden aanvaard als voorheen.",
        ] == ended.out.splitlines()

    @pytest.mark.slow  # It estimates thousands of passwords.
    @pytest.mark.parametrize("asked", [("--json",), ("--format", "json")])
    def test_the_document(self, policy: CommandLine, asked: tuple[str, ...]) -> None:
        """
        The shares are exact: numbers, and a numerator and a denominator.
        """
        people = ("--people", "habits", "--people", "public")

        ended = policy("diff", "portal", "bsi-ccb", *people, *asked)

        change = policy_change(
            PORTAL,
            NAMED["bsi-ccb"],
            lists={"habits": habitual_choices(), "public": public_choices()},
        )
        share = change.comparison.share_refused(16)
        expected = {
            "schema": 1,
            "outcome": "stricter",
            **as_data(change),
            "share_refused": {
                "length": 16,
                "numerator": share.numerator,
                "denominator": share.denominator,
            },
        }
        assert 1 == ended.code
        assert json.loads(json.dumps(expected)) == ended.document
        assert "          0A" == ended.document["newly_refused"]
        assert ["min_unfamiliar"] == ended.document["undecided"]

    @pytest.mark.slow(is_measured=True)  # It estimates thousands of passwords.
    @pytest.mark.parametrize("new", ["bsi-ccb", "new.toml", "git:HEAD:new.toml"])
    def test_other_forms(self, policy: CommandLine, new: str) -> None:
        """
        For a pull request and for pipelines; a name has no file.
        """
        repository("new.toml", "min_length = 13\n")
        (after,) = policies(new)
        lists = {"habits": habitual_choices(), "public": public_choices()}
        change = policy_change(PORTAL, after, lists=lists)
        path = "" if new == "bsi-ccb" else "new.toml"

        written = {
            form: policy("diff", "portal", new, "--format", form)
            for form in ("markdown", "github", "gitlab")
        }

        assert {1} == {each.code for each in written.values()}
        assert as_markdown(change, name=new) == written["markdown"].out
        assert as_github(change, path=path) == written["github"].out
        assert as_gitlab(change, path=path or new) == json.loads(written["gitlab"].out)

    def test_lines_are_folded_on_a_terminal(
        self, policy: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        At the width that it has.
        """
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("COLUMNS", "80")

        ended = policy("diff", "portal", "recommended", "--people", write("a", "b"))

        assert 80 >= max(map(len, ended.out.splitlines()))
        assert 20 < len(ended.out.splitlines())

    def test_leaks_are_looked_up_where_that_is_possible(
        self, policy: CommandLine
    ) -> None:
        """
        On the list, whether a password has leaked is asked in the file of keys.
        """
        SortedKeyFile.write(Path("leaks"), [key_of("Boekhouding26!")])
        own = write("own.txt", "Boekhouding26!\nBoekhouding27!\n")
        new = write("new.toml", 'breach_check = "always"')

        ended = policy(
            "diff", "portal", new, "--people", own, "--breached", "leaks", "--json"
        )

        (people,) = ended.document["people"]
        assert (2, 2, 1, []) == (
            people["people"],
            people["accepted"],
            people["refused"],
            people["unasked"],
        )
        assert "Boekhouding" not in ended.out

    @pytest.mark.parametrize(
        "options", [("--people", "missing.txt"), ("--breached", "missing.txt")]
    )
    def test_a_missing_list(
        self, policy: CommandLine, options: tuple[str, str]
    ) -> None:
        """
        It is told like a missing policy.
        """
        ended = policy("diff", "portal", "portal", *options)

        assert 69 == ended.code
        assert "missing.txt  This file is not there.\n" == ended.err

    @pytest.mark.parametrize("digits", [32, 64])
    def test_a_list_of_other_hashes(self, policy: CommandLine, digits: int) -> None:
        """
        NTLM, MD5 and SHA-256 are never taken for passwords in clear.
        """
        Path("hashes.txt").write_text(f"{'0A' * (digits // 2)}:7\n", "ascii")

        ended = policy("diff", "portal", "bsi-ccb", "--people", "hashes.txt")

        assert 69 == ended.code
        assert ended.err.startswith("hashes.txt  This is no list of leaked passwords")

    @pytest.mark.parametrize(
        "arguments",
        [
            ("portal",),
            ("portal", "portal", "--lenght", "12"),
            ("portal", "portal", "--length", "0"),
            ("portal", "portal", "--length", "129"),
            ("portal", "strictest"),
        ],
        ids=["one policy", "option", "too short", "too long", "name"],
    )
    def test_wrong_usage_is_no_looser_policy(
        self, policy: CommandLine, arguments: tuple[str, ...]
    ) -> None:
        """
        2 is an answer here, so wrong usage is 64.
        """
        assert 64 == policy("diff", *arguments).code

    def test_an_invalid_policy_is_no_stricter_policy(self, policy: CommandLine) -> None:
        """
        1 is an answer here, so a policy that is none is 65; every problem is named.
        """
        old = write("old.toml", 'min_lenght = 14\nmin_kinds = "all"')
        new = write("new.json", '{"min_kinds": 4, "max_digits": 0}')

        ended = policy("diff", old, new, "--json")

        assert 65 == ended.code
        assert "refused" == ended.document["outcome"]
        assert [
            ("old.toml", "password_policy.unknown_rule"),
            ("old.toml", "password_policy.wrong_type"),
            ("new.json", "password_policy.rules_clash"),
        ] == [(each["field"], each["code"]) for each in ended.document["problems"]]

    def test_what_is_too_large_is_not_guessed(self, policy: CommandLine) -> None:
        """
        There is no answer then, and the exit code is none of the four.
        """
        huge = write(
            "huge.toml",
            "min_kinds = 0\nmax_lower = 99\nmax_upper = 99\n"
            "max_digits = 99\nmax_special = 99\n",
        )

        ended = policy("diff", huge, "portal", "--json")

        (problem,) = ended.document["problems"]
        assert (65, "password_policy.too_large") == (ended.code, problem["code"])

    @pytest.mark.parametrize("name", ["diff", "audit", "impact", "gate"])
    def test_a_long_list_is_too_large_at_once(
        self, policy: CommandLine, name: str
    ) -> None:
        """
        It is not even read, from a file or from a revision.
        """
        words = ",".join(f'"{n:06}-word"' for n in range(20_000))
        huge = write("huge.toml", f"forbidden_words = [{words}]\n")
        others = {"diff": ["portal"], "audit": ["asvs-5"], "impact": [*DATABASE]}
        if name == "gate":
            git("init", "--quiet")

        ended = policy(name, huge, *others.get(name, []), "--json")

        (problem,) = ended.document["problems"]
        assert (65 if name == "diff" else 1) == ended.code
        assert "password_policy.too_large" == problem["code"]

    def test_a_long_list_is_shown_by_its_beginning(self, policy: CommandLine) -> None:
        """
        People see twenty words, programs all of them.
        """
        words = ",".join(f'"{n:06}-word"' for n in range(20_000))
        huge = write("huge.toml", f"forbidden_words = [{words}]\n")

        shown = policy("show", huge)

        assert "000019-word" in shown.out
        assert "000020-word" not in shown.out
        assert "and 19980 more" in shown.out
        rules = policy("show", huge, "--json").document["policy"]
        assert 20_000 == len(rules["forbidden_words"])

    def test_a_rollout_is_shown(self, policy: CommandLine) -> None:
        """
        Its days, and what was asked before.
        """
        shown = policy("show", write("new.toml", ROLLED_OUT))

        assert "rollout.notice" in shown.out
        assert '"2027-02-01"' in shown.out
        assert "rollout.before.min_length" in shown.out
        rollout = policy("show", "new.toml", "--json").document["policy"]["rollout"]
        assert "2027-02-01" == rollout["notice"]

    def test_a_file_that_is_no_policy_is_not_read_to_its_end(
        self, policy: CommandLine
    ) -> None:
        """
        Six million octets are more than the longest policy has.
        """
        Path("film.toml").write_bytes(b"\xff" * 6_000_001)

        (problem,) = policy("show", "film.toml", "--json").document["problems"]

        assert "password_policy.text_too_long" == problem["code"]

    def test_a_missing_file(self, policy: CommandLine) -> None:
        """
        It is told like everywhere.
        """
        ended = policy("diff", "portal", "missing.toml")

        assert 69 == ended.code
        assert "missing.toml  This file is not there.\n" == ended.err

    def test_the_help_names_the_exit_codes(self, policy: CommandLine) -> None:
        """
        They differ from those of other commands.
        """
        ended = policy("diff", "--help")

        assert 0 == ended.code
        assert "3 incomparable; 64 wrong usage; 65" in ended.out


class TestRevisions:
    """
    A policy is read as it stands in a revision of a Git repository.
    """

    def test_before_and_after(self, policy: CommandLine) -> None:
        """
        What is committed, and what lies in the folder.
        """
        repository("rules/policy.toml", "min_length = 12\n")
        write("rules/policy.toml", "min_length = 14\n")

        ended = policy(
            "diff", "git:HEAD:rules/policy.toml", "rules/policy.toml", "--json"
        )

        assert (1, "stricter") == (ended.code, ended.document["outcome"])

    @pytest.mark.parametrize(
        "asked,said",
        [
            ("git:HEAD:other.toml", "git:HEAD:other.toml  This revision has no such"),
            ("git:mian:policy.toml", "mian  Git knows no revision of this name here."),
        ],
    )
    def test_what_is_not_there(
        self, policy: CommandLine, asked: str, said: str
    ) -> None:
        """
        The file or the revision is named, whichever is not there.
        """
        repository("policy.toml", "")

        ended = policy("diff", asked, "portal")

        assert 69 == ended.code
        assert ended.err.startswith(said)

    def test_no_repository(self, policy: CommandLine) -> None:
        """
        A file that lies here is not blamed.
        """
        write("policy.toml", "min_length = 14")

        ended = policy("diff", "git:HEAD:policy.toml", "policy.toml")

        assert (69, ".  This folder is in no Git repository that can be read.\n") == (
            ended.code,
            ended.err,
        )

    @pytest.mark.parametrize(
        "asked", ["git:HEAD", "git::a.toml", "git:--textconv:a.toml"]
    )
    def test_wrong_usage(self, policy: CommandLine, asked: str) -> None:
        """
        There is a revision and a path, and neither is an option of Git.
        """
        ended = policy("show", asked)

        assert 2 == ended.code

    def test_no_text(self, policy: CommandLine) -> None:
        """
        As in a file.
        """
        repository("policy.toml", "")
        Path("policy.toml").write_bytes(b'x = "\xff"')
        git("commit", "--quiet", "--all", "--message", "Spoil")

        (problem,) = policy("show", "git:HEAD:policy.toml", "--json").document[
            "problems"
        ]

        assert "password_policy.unreadable" == problem["code"]

    def test_without_git(
        self, policy: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        The file cannot be used.
        """
        monkeypatch.setenv("PATH", "")

        ended = policy("show", "git:HEAD:policy.toml")

        assert (69, "git  Git is not there, or does not answer.\n") == (
            ended.code,
            ended.err,
        )

    def test_git_that_never_ends(
        self, policy: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        It is not waited for.
        """
        repository("policy.toml", "")
        monkeypatch.setattr(git_revision, "_PATIENCE", 0)

        assert 69 == policy("show", "git:HEAD:policy.toml").code


class TestGate:
    """
    A hook lets pass what is allowed, and reports what changes.
    """

    def test_a_change_that_is_allowed(self, policy: CommandLine) -> None:
        """
        A stricter policy is, and what it changes is said.
        """
        repository("policy.toml", "min_length = 12\n")
        write("policy.toml", "min_length = 14\n")

        ended = policy("gate", "policy.toml")

        assert (0, "") == (ended.code, ended.err)
        assert ended.out.startswith("policy.toml\nThe new policy is stricter:")

    def test_a_name_is_no_command(self, policy: CommandLine) -> None:
        """
        A pull request chooses it, and a runner obeys lines that begin so.
        """
        repository("policy.toml", "min_length = 12\n")
        name = "x\n::error::y.toml"
        write(name, "min_length = 8\n")

        ended = policy("gate", name)

        assert 1 == ended.code
        assert "x\ufffd::error::y.toml: this change" in ended.err
        assert "\n::error" not in ended.out + ended.err

    def test_one_that_is_not(self, policy: CommandLine) -> None:
        """
        Each file is named that has one.
        """
        repository("policy.toml", "min_length = 12\n")
        write("policy.toml", "min_length = 14\n")
        write("new.json", '{"min_length": 8}')

        ended = policy("gate", "policy.toml", "new.json")
        allowed = policy("gate", "policy.toml", "new.json", "--allow", "looser")
        both = ("--allow", "looser", "--allow", "stricter")

        assert 1 == ended.code
        assert "new.json: this change of policy is not allowed here.\n" == ended.err
        assert "policy.toml: this change of policy is not allowed here.\n" == (
            allowed.err
        )
        assert 0 == policy("gate", "policy.toml", "new.json", *both).code

    def test_the_document(self, policy: CommandLine) -> None:
        """
        A verdict for each file; nothing is said of one that is equal.
        """
        repository("policy.toml", "min_length = 12\n")

        words = policy("gate", "policy.toml")
        (found,) = policy("gate", "policy.toml", "--json").document["files"]

        assert (0, "") == (words.code, words.out)
        assert ("policy.toml", "equal", True, "equal") == (
            found["file"],
            found["verdict"],
            found["is_allowed"],
            found["relation"],
        )

    def test_another_revision_from_a_folder_of_the_repository(
        self, policy: CommandLine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """
        A path is relative to where the command runs, or absolute.
        """
        repository("rules/policy.toml", "min_length = 14\n")
        write("rules/policy.toml", "min_length = 12\n")
        git("commit", "--quiet", "--all", "--message", "Loosen")
        monkeypatch.chdir("rules")

        assert 0 == policy("gate", "policy.toml").code
        for file in ("policy.toml", str(Path("policy.toml").absolute())):
            assert 1 == policy("gate", file, "--against", "HEAD~1").code

    @pytest.mark.parametrize("name", ["rules/new.toml", "n\u00e9w policy.toml"])
    def test_under_another_name(self, policy: CommandLine, name: str) -> None:
        """
        A policy that was renamed and made looser is no new one.
        """
        repository("policy.toml", "min_length = 20\nmin_kinds = 4\n")
        Path("policy.toml").unlink()
        Path(name).parent.mkdir(exist_ok=True)
        write(name, "min_length = 14")
        git("add", "--all")

        ended = policy("gate", name, "--json")

        (found,) = ended.document["files"]
        assert (1, "looser") == (ended.code, found["verdict"])

    def test_a_file_that_git_knows_again(self, policy: CommandLine) -> None:
        """
        Among several that are gone, it is compared with the one that it was.
        """
        kept = "min_kinds = 4\nmax_run = 3\nforbidden_words = ['winbooks', 'portal']\n"
        repository("policy.toml", f"min_length = 20\n{kept}")
        repository("a.toml", "min_length = 12\n")
        Path("policy.toml").unlink()
        Path("a.toml").unlink()
        write("renamed.toml", f"min_length = 14\n{kept}")
        git("add", "--all")

        ended = policy("gate", "renamed.toml", "--json")

        (found,) = ended.document["files"]
        assert (1, "looser") == (ended.code, found["verdict"])

    def test_a_revision_that_is_too_large(self, policy: CommandLine) -> None:
        """
        It is refused by its size, before it is read.
        """
        repository("policy.toml", "#" * 2_000_000)

        assert 65 == policy("diff", "portal", "git:HEAD:policy.toml").code

    @pytest.mark.parametrize("gone", ["pyproject.toml", "notes.txt"])
    def test_what_takes_the_place_of_no_policy(
        self, policy: CommandLine, gone: str
    ) -> None:
        """
        It is compared with the Portal's, like every new one.
        """
        repository(gone, "min_length = 14\n[project]\nname = 'x'\n")
        Path(gone).unlink()
        write("policy.toml", "min_length = 14")
        git("add", "--all")

        assert 0 == policy("gate", "policy.toml").code

    def test_before_the_first_commit(self, policy: CommandLine) -> None:
        """
        Every file is new, and takes the place of the Portal's policy.
        """
        git("init", "--quiet")

        assert 1 == policy("gate", write("policy.toml", "min_length = 8")).code
        assert 0 == policy("gate", write("policy.toml", "min_length = 14")).code

    def test_a_revision_that_is_not_there(self, policy: CommandLine) -> None:
        """
        Its files do not pass for new ones.
        """
        repository("policy.toml", "")

        ended = policy("gate", "policy.toml", "--against", "mian")

        assert 2 == ended.code
        assert "Git knows no such revision here" in ended.err

    def test_no_repository(self, policy: CommandLine) -> None:
        """
        There is nothing to compare with.
        """
        assert 69 == policy("gate", write("policy.toml", "min_length = 14")).code

    def test_a_repository_that_is_damaged(self, policy: CommandLine) -> None:
        """
        What cannot be read does not pass for a new file.
        """
        repository("policy.toml", "")
        tree = subprocess.run(
            ["git", "rev-parse", "HEAD^{tree}"],  # noqa: S607
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        Path(".git/objects", tree[:2], tree[2:]).unlink()

        assert 69 == policy("gate", "policy.toml").code

    def test_the_hook(self) -> None:
        """
        What a repository takes over runs this command.
        """
        hooks = Path(__file__).parents[2] / ".pre-commit-hooks.yaml"

        assert "  entry: winbooks-identity policy gate\n" in hooks.read_text("utf-8")


class TestImpact:
    """
    A whole user base is counted, without a password in clear.
    """

    @pytest.fixture(autouse=True)
    def office(self, policy: CommandLine) -> None:  # noqa: ARG002  It enters the folder.
        """
        Make two licences, one user each: one under the Portal's policy.
        """
        for number, rules in (("WB-1", PORTAL), ("WB-2", PasswordPolicy(min_length=8))):
            asked = Office.parse(OFFICE.format(number=number))
            with open_office(
                Path("office.db"),
                new=True,
                policy=rules,
                hasher=Argon2Hasher(CHEAPEST),
            ) as store:
                store.provisioning.register_licence(
                    asked.licence, by=WinBooksAdministration()
                )
                for each in asked.people:
                    store.provisioning.create(each.new, by=Distributor(number))

    def test_the_words(self, policy: CommandLine) -> None:
        """
        One row for each licence, and one for all.
        """
        ended = policy("impact", "recommended", *DATABASE)

        assert (0, "") == (ended.code, ended.err)
        assert [
            ["Licence", "Safe", "Breaks", "it", "Check", "at", "sign-in", "Unknown"],
            ["WB-1", "0", "0", "1", "0"],
            ["WB-2", "0", "0", "0", "1"],
            ["total", "0", "0", "1", "1"],
        ] == [line.split() for line in ended.out.splitlines() if line.strip(" ─")]

    def test_a_rollout(self, policy: CommandLine) -> None:
        """
        How far it is, what comes next, and who was seen to break it.
        """
        new = write("new.toml", ROLLED_OUT.replace("= 16", "= 20"))
        policy("user", "list", *DATABASE)  # Nothing is learnt by looking.
        with open_office(
            Path("office.db"),
            policy=PasswordPolicy.from_toml(Path(new).read_text("utf-8")),
            hasher=Argon2Hasher(CHEAPEST),
        ) as store:
            ada = WinBooksId("ada@wb-1.example")
            typed, own = Password("Canary-Typed-1972"), Password("Canary-Own-1973")
            store.own_login.change_password(ada, typed, own)
            store.sign_in.verify(ada, own)

        ended = policy("impact", new, *DATABASE, "--on", "2027-02-15")

        lines = ended.out.splitlines()
        assert ["WB-1", "0", "1", "0", "0"] in [line.split() for line in lines]
        assert [
            "2027-02-15: Users who sign in with a password that breaks it see a notice.",
            "2027-04-01: A password that breaks it has to be changed at the next sign-in.",
        ] == lines[-2:]
        document = policy("impact", new, *DATABASE, "--on", "2027-05-01", "--json")
        assert {
            "day": "2027-05-01",
            "stage": "change",
            "next_stage": None,
            "next_day": None,
        } == document.document["rollout"]

    def test_the_policy_before_a_rollout_is_known(self, policy: CommandLine) -> None:
        """
        Its file need not be named once more.
        """
        before = ROLLED_OUT.replace("min_length = 13", "min_length = 8")
        new = write("new.toml", before)

        found = policy("impact", new, *DATABASE, "--json").document["total"]

        assert 0 == found["unknown"]

    def test_a_day_that_is_none(self, policy: CommandLine) -> None:
        """
        It is told how days are written.
        """
        ended = policy("impact", "portal", *DATABASE, "--on", "tomorrow")

        assert 2 == ended.code
        assert "such as 2027-01-31" in ended.err

    def test_known_policies(self, policy: CommandLine) -> None:
        """
        A policy without a name is known from its file.
        """
        old = write("old.toml", "min_length = 8")
        new = write("new.toml", "min_length = 6")

        ended = policy("impact", new, *DATABASE, "--known", old, "--json")

        assert {
            "schema": 1,
            "outcome": "done",
            "licences": [
                {
                    "licence": "WB-1",
                    "safe": 1,
                    "breaks": 0,
                    "check_at_sign_in": 0,
                    "unknown": 0,
                },
                {
                    "licence": "WB-2",
                    "safe": 1,
                    "breaks": 0,
                    "check_at_sign_in": 0,
                    "unknown": 0,
                },
            ],
            "total": {"safe": 2, "breaks": 0, "check_at_sign_in": 0, "unknown": 0},
            "rollout": None,
        } == ended.document

    @pytest.mark.parametrize(
        "whose", [("--licence", "WB-2"), ("--as", "ada@wb-2.example")]
    )
    def test_one_licence(self, policy: CommandLine, whose: tuple[str, str]) -> None:
        """
        Whoever stands in a licence counts there only.  [R28]
        """
        document = policy("impact", "portal", *DATABASE, *whose, "--json").document

        assert ["WB-2"] == [each["licence"] for each in document["licences"]]

    def test_every_invalid_file_is_named(self, policy: CommandLine) -> None:
        """
        The new policy and the known ones are read before anything is counted.
        """
        new, known = write("new.toml", "a = 1"), write("known.json", "[]")

        ended = policy("impact", new, *DATABASE, "--known", known)

        assert 1 == ended.code
        assert [
            "new.toml  There is no rule a.",
            "known.json  This is not valid JSON in UTF-8.",
        ] == ended.err.splitlines()


class TestFiles:
    """
    A file that holds no policy is refused with the reason.
    """

    @pytest.mark.parametrize(
        "name, content",
        [("a.toml", b"min_length"), ("a.json", b"{"), ("a.toml", b'x = "\xff"')],
        ids=["TOML", "JSON", "no text"],
    )
    def test_unreadable(self, policy: CommandLine, name: str, content: bytes) -> None:
        """
        It is in the notation that its name promises, in UTF-8.
        """
        Path(name).write_bytes(content)

        ended = policy("show", name, "--json")

        (problem,) = ended.document["problems"]
        notation = Path(name).suffix.removeprefix(".").upper()
        assert (1, "password_policy.unreadable", {"notation": notation}) == (
            ended.code,
            problem["code"],
            problem["params"],
        )

    def test_an_unknown_name(self, policy: CommandLine) -> None:
        """
        The names are listed, and what was typed is not repeated.
        """
        ended = policy("show", "Canary-Typed-1972")

        assert 2 == ended.code
        assert "active-directory" in ended.err
        assert "Canary" not in ended.err


class TestAudit:
    """
    A policy is held against a standard, clause by clause.
    """

    def test_a_clause_that_is_not_met(self, policy: CommandLine) -> None:
        """
        Three of four kinds conflict with NIST: it is said, with what compensates.
        """
        ended = policy("audit", "recommended", "nist-single-factor")

        assert 1 == ended.code
        assert "not met" in ended.out
        assert "conflict with this clause" in ended.out

    def test_all_that_can_be_decided_is_met(self, policy: CommandLine) -> None:
        """
        What is about sign-in or storage does not count against a policy.
        """
        ended = policy("audit", "nist-mfa", "nist-mfa", "--json")

        assert (0, "done") == (ended.code, ended.document["outcome"])
        assert {"met", "not_decidable"} == {
            each["verdict"] for each in ended.document["findings"]
        }

    def test_the_document(self, policy: CommandLine) -> None:
        """
        A program gets each clause with its place, its number and the verdict.
        """
        ended = policy("audit", "portal", "active-directory", "--json")

        assert "active-directory" == ended.document["standard"]
        assert {
            "reference": "MS-SAMR 3.1.1.7.2 length",
            "topic": "min_length",
            "needed": 7,
            "verdict": "met",
            "message": "At least 7 characters.",
            "example": None,
            "person": None,
            "compensation": None,
        } == ended.document["findings"][0]

    def test_what_gets_through_is_shown(self, policy: CommandLine) -> None:
        """
        A password that a clause names and the policy accepts says more than a word.
        """
        ended = policy("audit", "portal", "active-directory", "--language", "nl")
        document = policy("audit", "portal", "active-directory", "--json").document
        finding = document["findings"][2]

        assert ("personal_words", "not_met", "Jan Peeters") == (
            finding["topic"],
            finding["verdict"],
            finding["person"],
        )
        assert "Peeters" in finding["example"]
        assert "Aanvaard wordt voor Jan Peeters bijvoorbeeld:" in ended.out

    def test_an_unknown_standard(self, policy: CommandLine) -> None:
        """
        It is wrong usage.
        """
        assert 2 == policy("audit", "portal", "iso").code
