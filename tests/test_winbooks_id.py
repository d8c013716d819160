"""
Which text is a WinBooks ID, and when are two of them the same?
"""

import copy
import json
import pickle
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import Final, TypedDict

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from winbooks_identity.errors import Invalid
from winbooks_identity.problems import Missing, NotText, Problem
from winbooks_identity.winbooks_id import WinBooksId, address
from winbooks_identity.winbooks_id.problems import (
    CurvedApostrophe,
    DisplayName,
    DomainLiteral,
    DomainTooLong,
    EncodedWord,
    ForbiddenCharacter,
    InvalidDomain,
    InvisibleCharacter,
    LocalPartTooLong,
    LongDash,
    MisplacedDot,
    MisplacedHyphen,
    NoAtSign,
    NonAsciiLocalPart,
    NotAnAddress,
    NotCanonical,
    NothingAfterAt,
    NothingBeforeAt,
    NoTopLevelDomain,
    QuotedLocalPart,
    RoutingCharacter,
    SpecialUseDomain,
    TooLong,
)


class Address(TypedDict):
    """
    One row of the file: what an input becomes, or why it is refused.
    """

    input: str
    address: str | None
    key: str | None
    code: str | None


class Pair(TypedDict):
    """
    Two inputs that are, or are not, the same WinBooks ID.
    """

    a: str
    b: str
    why: str


class Vectors(TypedDict):
    """
    The file of addresses; its own ``about`` says where they come from.
    """

    addresses: list[Address]
    must_equal: list[Pair]
    must_differ: list[Pair]
    must_refuse: list[Address]


VECTORS: Final[Vectors] = json.loads(
    (Path(__file__).parent / "data" / "email_addresses.json").read_text("utf-8")
)
ACCEPTED: Final = [row for row in VECTORS["addresses"] if row["code"] is None]
REFUSED: Final = [row for row in VECTORS["addresses"] if row["code"] is not None]


def problems_of_constructing(text: str) -> tuple[Problem, ...]:
    """
    Return what the constructor says about *text*.
    """
    with pytest.raises(Invalid) as caught:
        WinBooksId(text)
    return caught.value.problems


class TestVectors:
    """
    A WinBooks ID that is not an e-mail address is refused.

    Dots, tags and look-alikes are other people's.  [R1, R4, R5]
    """

    def test_file_is_complete(self) -> None:
        """
        The file was read as a whole.
        """
        counted = {
            "addresses": len(VECTORS["addresses"]),
            "must_equal": len(VECTORS["must_equal"]),
            "must_differ": len(VECTORS["must_differ"]),
            "must_refuse": len(VECTORS["must_refuse"]),
        }

        assert {
            "addresses": 502,
            "must_equal": 8,
            "must_differ": 8,
            "must_refuse": 5,
        } == counted

    def test_accepts_with_address_and_key(self) -> None:
        """
        What is accepted has the address and the key of the file.
        """
        parsed = [WinBooksId.parse(row["input"]) for row in ACCEPTED]

        assert [(row["address"], row["key"]) for row in ACCEPTED] == [
            (each.address, each.key) for each in parsed
        ]

    def test_finds_nothing_wrong_with_what_it_accepts(self) -> None:
        """
        What is accepted has no problem.
        """
        assert [] == [row for row in ACCEPTED if WinBooksId.check(row["input"])]

    def test_refuses_for_the_stated_reason(self) -> None:
        """
        What is refused has the code of the file first.
        """
        refused = [*REFUSED, *VECTORS["must_refuse"]]

        assert [row["code"] for row in refused] == [
            WinBooksId.check(row["input"])[0].code for row in refused
        ]

    def test_knows_a_reason_for_every_refusal(self) -> None:
        """
        No refusal of email-validator is one that we cannot name.
        """
        unnamed = [
            row["input"]
            for row in REFUSED
            if NotAnAddress() in WinBooksId.check(row["input"])
        ]

        assert [] == unnamed

    def test_same_identities(self) -> None:
        """
        Case, width and the two forms of a domain do not make another identity.
        """
        different = [
            pair["why"]
            for pair in VECTORS["must_equal"]
            if WinBooksId.parse(pair["a"]) != WinBooksId.parse(pair["b"])
        ]

        assert [] == different

    def test_different_identities(self) -> None:
        """
        Dots, tags and look-alikes are never merged.
        """
        merged = [
            pair["why"]
            for pair in VECTORS["must_differ"]
            if WinBooksId.parse(pair["a"]) == WinBooksId.parse(pair["b"])
        ]

        assert [] == merged

    def test_round_trips(self) -> None:
        """
        Address and key parse to the same identity, and the address is kept.
        """
        parsed = [WinBooksId.parse(row["input"]) for row in ACCEPTED]

        assert parsed == [WinBooksId.parse(each.key) for each in parsed]
        assert [each.address for each in parsed] == [
            WinBooksId.parse(each.address).address for each in parsed
        ]


class TestCheck:
    """
    Each way of not being an address has its own problem.  [R1]
    """

    @pytest.mark.parametrize(
        "text,problem",
        [
            pytest.param("ada.example.org", NoAtSign(), id="no-at"),
            pytest.param("ada\uff20example.org", NoAtSign(), id="wide-at"),
            pytest.param("ada\ufe6bexample.org", NoAtSign(), id="small-at"),
            pytest.param("@example.org", NothingBeforeAt(), id="nothing-before"),
            pytest.param("ada@", NothingAfterAt(), id="nothing-after"),
            pytest.param("ada@example.org\n", ForbiddenCharacter(), id="newline"),
            pytest.param(" ada@example.org", ForbiddenCharacter(), id="blank"),
            pytest.param("ada\x00@example.org", ForbiddenCharacter(), id="nul"),
            pytest.param("ada@b@example.org", ForbiddenCharacter(), id="two-ats"),
            pytest.param("ada@exa_mple.org", ForbiddenCharacter(), id="underscore"),
            pytest.param("ada@\ud800.org", ForbiddenCharacter(), id="surrogate"),
            pytest.param("ada..b@example.org", MisplacedDot(), id="two-dots"),
            pytest.param(".ada@example.org", MisplacedDot(), id="first-dot"),
            pytest.param("ada@example.org.", MisplacedDot(), id="last-dot"),
            pytest.param("ada@-example.org", MisplacedHyphen(), id="first-hyphen"),
            pytest.param("ada@example-.org", MisplacedHyphen(), id="inner-hyphen"),
            pytest.param("ada@example.org-", MisplacedHyphen(), id="last-hyphen"),
            pytest.param("Ada <ada@example.org>", DisplayName(), id="display-name"),
            pytest.param("<ada@example.org", DisplayName(), id="open-bracket"),
            pytest.param("ad\xe9@example.org", NonAsciiLocalPart(), id="accent"),
            pytest.param("\u212aate@example.org", NonAsciiLocalPart(), id="kelvin"),
            pytest.param('"ada"@example.org', QuotedLocalPart(), id="quotes"),
            pytest.param("=?q?a@example.org", EncodedWord(), id="word-begins"),
            pytest.param("a?=@example.org", EncodedWord(), id="word-ends"),
            pytest.param("a%b@example.org", RoutingCharacter(), id="percent"),
            pytest.param("a!b@example.org", RoutingCharacter(), id="bang"),
            pytest.param("o\u2019b@example.org", CurvedApostrophe(), id="apostrophe"),
            pytest.param("o\u2018b@example.org", CurvedApostrophe(), id="quote"),
            pytest.param("o\u02bcb@example.org", CurvedApostrophe(), id="modifier"),
            pytest.param("o\xb4b@example.org", CurvedApostrophe(), id="acute"),
            pytest.param("o\uff07b@example.org", CurvedApostrophe(), id="full-width"),
            pytest.param("o\ua78cb@example.org", CurvedApostrophe(), id="saltillo"),
            pytest.param("\xe9\u2019b@example.org", NonAsciiLocalPart(), id="both"),
            pytest.param("a\u2013b@example.org", LongDash(), id="dash"),
            pytest.param("a\u2011b@example.org", LongDash(), id="unbroken-hyphen"),
            pytest.param("a@ex\u2212ample.org", LongDash(), id="minus-in-domain"),
            pytest.param(
                "\u201cada@example.org\u201d", ForbiddenCharacter(), id="quoted"
            ),
            pytest.param(
                "ada\u200b@example.org", InvisibleCharacter(), id="zero-width"
            ),
            pytest.param("ada@exam\xadple.org", InvisibleCharacter(), id="soft-hyphen"),
            pytest.param("\u202aada@example.org", InvisibleCharacter(), id="direction"),
            pytest.param("ada@exa\ufeffmple.org", InvisibleCharacter(), id="mark"),
            pytest.param("ada@example.org\u2800", InvisibleCharacter(), id="braille"),
            pytest.param("ada\u3164@example.org", InvisibleCharacter(), id="filler"),
            pytest.param("ada@\u200dexample.org", InvisibleCharacter(), id="joiner"),
            pytest.param("ada@kantoor.b", NoTopLevelDomain(), id="one-letter"),
            pytest.param("ada@gmail.c0m", NoTopLevelDomain(), id="digit-in-ending"),
            pytest.param("ada@kantoor.be2b", NoTopLevelDomain(), id="mixed-ending"),
            pytest.param("Ada@KANTOOR.B", NoTopLevelDomain(), id="capital-ending"),
            pytest.param("ada@example", NoTopLevelDomain(), id="dotless"),
            pytest.param("ada@127.0.0.1", NoTopLevelDomain(), id="number"),
            pytest.param("ada@[127.0.0.1]", DomainLiteral(), id="literal"),
            pytest.param("ada@ab--cd.org", InvalidDomain(), id="reserved-label"),
            pytest.param("ada@xn---tda.be", InvalidDomain(), id="false-punycode"),
        ],
    )
    def test_names_the_problem(self, text: str, problem: Problem) -> None:
        """
        The problem is named, and it is the only one.
        """
        assert (problem,) == WinBooksId.check(text)

    def test_a_blank_is_a_blank(self) -> None:
        """
        Of whatever width (category Zs): no answer speaks of accents.
        """
        blanks = [
            chr(point)
            for point in range(sys.maxunicode + 1)
            if unicodedata.category(chr(point)) == "Zs"
        ]

        assert {(ForbiddenCharacter(),)} == {
            WinBooksId.check(f"ada{blank}b@example.org") for blank in blanks
        }

    @pytest.mark.parametrize(
        "ending",
        [
            "alt",
            "arpa",
            "corp",
            "home",
            "internal",
            "invalid",
            "lan",
            "local",
            "localdomain",
            "localhost",
            "mail",
            "onion",
            "test",
        ],
    )
    def test_special_use_domains(self, ending: str) -> None:
        """
        No address is taken at a domain where no public mail arrives.
        """
        assert (SpecialUseDomain(),) == WinBooksId.check(f"ada@firm.{ending}")

    @pytest.mark.parametrize("domain", ["mail.be", "test.example", "xtest", "local-x"])
    def test_only_the_ending_is_special(self, domain: str) -> None:
        """
        A special name elsewhere in the domain is an ordinary one.
        """
        assert () == WinBooksId.check(f"ada@firm.{domain}.be")

    def test_reports_every_problem_of_ours(self) -> None:
        """
        An address that email-validator takes may break several of our own rules.
        """
        expected = (EncodedWord(), RoutingCharacter(), SpecialUseDomain())

        assert expected == WinBooksId.check("=?%?=@firm.corp")

    def test_unknown_refusal(self) -> None:
        """
        A sentence that a later email-validator may say has a general code.
        """
        assert NotAnAddress() == address._problem_behind("No, and I will not say why.")

    def test_says_it_in_words(self) -> None:
        """
        A limit stands in the sentence.
        """
        assert "Un WinBooks ID compte au maximum 254 caractères." == TooLong().message(
            "fr-BE"
        )


class TestLengths:
    """
    Address, local part, domain and label have their maximum.  [R1]
    """

    def test_longest_address(self) -> None:
        """
        254 characters are accepted.
        """
        domain = ".".join(["b" * 60, "b" * 61, "b" * 62, "be"])

        assert 254 == len(WinBooksId.parse(f"{'a' * 64}@{domain}b").address)

    def test_address_too_long(self) -> None:
        """
        255 characters are too many, and nothing else is looked at.
        """
        assert (TooLong(254),) == WinBooksId.check("@" * 255)

    def test_address_too_long_as_a_labels(self) -> None:
        """
        The address is counted as it will be mailed.
        """
        domain = ".".join(["b" * 60, "b" * 60, "b" * 60, "\xe9.be"])

        assert (TooLong(254),) == WinBooksId.check(f"{'a' * 64}@{domain}")

    def test_longest_local_part(self) -> None:
        """
        64 characters before the @ sign are accepted.
        """
        assert () == WinBooksId.check(f"{'a' * 64}@example.org")

    def test_local_part_too_long(self) -> None:
        """
        65 are too many.
        """
        assert (LocalPartTooLong(64),) == WinBooksId.check(f"{'a' * 65}@example.org")

    def test_longest_label(self) -> None:
        """
        63 characters between two dots are accepted.
        """
        assert () == WinBooksId.check(f"a@{'b' * 63}.be")

    def test_label_too_long(self) -> None:
        """
        64 are too many.
        """
        assert (DomainTooLong(253, 63),) == WinBooksId.check(f"a@{'b' * 64}.be")


class TestAnyInput:
    """
    Whatever comes in, a check answers with problems and does not raise.
    """

    def test_nothing(self) -> None:
        """
        An empty field is empty, not a bad address.
        """
        assert (Missing(),) == WinBooksId.check("")

    @pytest.mark.parametrize("value", [None, 1, b"ada@example.org"], ids=repr)
    def test_no_text(self, value: object) -> None:
        """
        Anything but text is named as such, bytes too.
        """
        assert (NotText(),) == WinBooksId.check(value)  # type: ignore[arg-type]

    @pytest.mark.parametrize("character", ["\u0301", "@", '"', "<", "a.", "\ud800"])
    def test_a_million_characters(self, character: str) -> None:
        """
        Text of any length is answered by its length alone.
        """
        assert (TooLong(254),) == WinBooksId.check(character * 1_000_000)

    @given(st.text(st.characters(), max_size=300))
    def test_random_text(self, text: str) -> None:
        """
        There is always an answer; what has no problem parses, and stays as it is.
        """
        problems = WinBooksId.check(text)

        if not problems:
            parsed = WinBooksId.parse(text)
            # The constructor checks it anew, and finds nothing else.
            again = WinBooksId(parsed.address)
            assert parsed.address.isascii()
            assert (again.address, again.key) == (parsed.address, parsed.key)


class TestParse:
    """
    The canonical spelling: domain in lower case as A-labels.  [R4]
    """

    def test_keeps_the_registered_spelling(self) -> None:
        """
        Mail goes to the local part as it was registered.
        """
        assert "Ada.Byron@example.org" == (
            WinBooksId.parse("Ada.Byron@Example.ORG").address
        )

    def test_key_is_lower_case(self) -> None:
        """
        Look-up knows no case.
        """
        assert "ada.byron@example.org" == WinBooksId.parse("Ada.Byron@Example.ORG").key

    def test_international_domain(self) -> None:
        """
        A domain is stored in the form in which mail is sent.
        """
        assert "a@xn--mller-kva.example" == (
            WinBooksId.parse("a@Mu\u0308ller.example").address
        )

    @pytest.mark.parametrize("name", ["INFO", "Postmaster"])
    def test_names_without_case(self, name: str) -> None:
        """
        The names of RFC 2142 have no case, so they are registered in lower case.
        """
        assert f"{name.lower()}@example.org" == (
            WinBooksId.parse(f"{name}@example.org").address
        )

    def test_raises_every_problem(self) -> None:
        """
        What is refused is raised once, with all its problems.
        """
        with pytest.raises(Invalid) as caught:
            WinBooksId.parse("a%b@firm.corp")

        assert (RoutingCharacter(), SpecialUseDomain()) == caught.value.problems

    def test_keeps_what_was_typed_out_of_the_exception(self) -> None:
        """
        Nothing of the words of email-validator, which quote the input, goes on.
        """
        with pytest.raises(Invalid) as caught:
            WinBooksId.parse("secr\xe9t@example.org")

        assert "winbooks_id.non_ascii_local_part" == str(caught.value)
        assert caught.value.__context__ is None


class TestConstructor:
    """
    No WinBooks ID exists that was not checked.  [R1, R4]
    """

    def test_takes_the_canonical_spelling(self) -> None:
        """
        A stored address becomes the same WinBooks ID again.
        """
        assert "Ada.B@example.org" == WinBooksId("Ada.B@example.org").address

    @pytest.mark.parametrize(
        "text", ["ada.b@Example.org", "INFO@example.org", "a@m\xfcller.example"]
    )
    def test_refuses_another_spelling(self, text: str) -> None:
        """
        An address that `parse` would change did not come from here.
        """
        assert (NotCanonical(),) == problems_of_constructing(text)

    def test_refuses_what_is_no_address(self) -> None:
        """
        The problem is the one that `check` finds.
        """
        assert (NoAtSign(),) == problems_of_constructing("ada")

    def test_refuses_what_is_no_text(self) -> None:
        """
        A store that hands back nothing is caught.
        """
        assert (NotText(),) == problems_of_constructing(None)  # type: ignore[arg-type]

    def test_is_frozen(self) -> None:
        """
        It cannot be changed afterwards.
        """
        winbooks_id = WinBooksId("ada@example.org")

        with pytest.raises(AttributeError):
            winbooks_id.key = "eve@example.org"  # type: ignore[misc]


class TestComparison:
    """
    Two WinBooks IDs are the same if their keys are, and only among themselves.

    [R2, R4]
    """

    def test_equal_in_spite_of_spelling(self) -> None:
        """
        Two spellings are one member of a set.
        """
        assert 1 == len(
            {WinBooksId("ada.b@example.org"), WinBooksId("Ada.B@example.org")}
        )

    def test_differs_from_text(self) -> None:
        """
        Plain text is no WinBooks ID, not even its own key.
        """
        text: object = "ada@example.org"

        assert text != WinBooksId("ada@example.org")

    def test_leaves_other_types_to_themselves(self) -> None:
        """
        Comparison with text is not answered, so Python asks the other side.
        """
        assert NotImplemented is WinBooksId("ada@example.org").__eq__("ada@example.org")

    def test_sorts_by_key(self) -> None:
        """
        Capitals do not come first.
        """
        ada, ben = WinBooksId("ada.b@example.org"), WinBooksId("Ben.C@example.org")

        assert [ada, ben] == sorted([ben, ada])

    def test_has_no_order_with_text(self) -> None:
        """
        Sorting WinBooks IDs among texts is a mistake.
        """
        with pytest.raises(TypeError):
            sorted([WinBooksId("ada@example.org"), "ben@example.org"])  # type: ignore[type-var]


class TestShown:
    """
    An address is personal data: it is shown only on request.
    """

    def test_repr_is_masked(self) -> None:
        """
        A log shows one letter and the ending.
        """
        assert "<WinBooksId a…@….be>" == repr(WinBooksId("Ada.Byron@firm.example.be"))

    def test_text_is_the_address(self) -> None:
        """
        As text it is the address that mail goes to.
        """
        assert "Ada.B@example.org" == str(WinBooksId("Ada.B@example.org"))


class TestCopies:
    """
    A copy and a pickle are checked like any other WinBooks ID.
    """

    @pytest.mark.parametrize(
        "copied",
        [copy.copy, copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))],  # noqa: S301  (our own pickle)
        ids=["copy", "deepcopy", "pickle"],
    )
    def test_round_trip(self, copied: type[WinBooksId]) -> None:
        """
        Address and key come back.
        """
        back = copied(WinBooksId("Ada.B@example.org"))  # type: ignore[arg-type]

        assert ("Ada.B@example.org", "ada.b@example.org") == (back.address, back.key)

    def test_damaged_pickle(self) -> None:
        """
        A pickle that was tampered with is refused.
        """
        damaged = pickle.dumps(WinBooksId("ada@example.org")).replace(b"@", b"#")

        with pytest.raises(Invalid):
            pickle.loads(damaged)  # noqa: S301  (it is refused)


def addresses() -> st.SearchStrategy[str]:
    """
    Make addresses that are accepted, most of them not in canonical spelling.
    """
    local = st.from_regex(r"[a-zA-Z0-9_+'-]{1,12}(\.[a-zA-Z=?]{1,5})?", fullmatch=True)
    names = "firm Firm FIRM a-b 1 m\xfcller M\xdcLLER xn--mller-kva \uff46irm mail"
    label = st.sampled_from(names.split())
    return st.builds(
        "{}@{}{}.{}".format,
        (local | st.sampled_from(["INFO", "Www"])).filter(
            lambda text: "=?" not in text and "?=" not in text
        ),
        label,
        label.map(".{}".format) | st.just(""),
        st.sampled_from(["be", "BE", "example", "xn--p1ai"]),
    )


def near_addresses() -> st.SearchStrategy[str]:
    """
    Make what is a slip or two away from an address.
    """
    plain = (
        "ada ADA Ada info INFO Www o'brien a_b a-b -a a- 1 xn-- ab--cd be BE com test"
        " Test mail lan example m\xfcller xn--mller-kva xn---tda =?a?= a%b"
    )
    odd = ["", " ", "\n", "\u212a", "a" * 31, "b" * 62, "b" * 63]
    words = st.sampled_from([*plain.split(), *odd])
    dotted = st.lists(words, min_size=1, max_size=4).map(".".join)
    slip = st.text("aZ09._+-'@%!=? \n\xe9\u0301\uff0e", max_size=2)
    cut = st.integers(0, 20)
    return st.builds("{}@{}".format, dotted, dotted) | st.builds(
        lambda text, at, slip: text[:at] + slip + text[at:], addresses(), cut, slip
    )


class TestPlainAddresses:
    """
    The short way for plain addresses and the long one never differ.  [R1, R4]
    """

    @given(near_addresses().filter(lambda text: len(text) <= 254))
    @example("ada@example.org")
    @example("INFO@example.org")
    @example("Ada.B@example.org")
    @example("ada@example.test")
    @example("ada@EXAMPLE.org")
    @example("a" * 61 + "@b.be")
    @example("a" * 65 + "@b.be")
    @example("a@b--c.be")
    @example("a@b.be\n")
    def test_verdict_and_spelling(self, text: str) -> None:
        """
        Both ways give the same address or the same problems.
        """
        assert address._canonical_by_email_validator(text) == address.canonical(text)

    @given(addresses())
    def test_laws(self, text: str) -> None:
        """
        A WinBooks ID is ASCII, has no blank, and parses back from its key.
        """
        winbooks_id = WinBooksId.parse(text)

        assert winbooks_id.address.isascii()
        assert [winbooks_id.address] == winbooks_id.address.split()
        assert winbooks_id.address.lower() == winbooks_id.key
        assert winbooks_id == WinBooksId.parse(winbooks_id.key)

    def test_needs_no_email_validator(self) -> None:
        """
        Heavy modules, and ours about problems, load when an address needs them.
        """
        program = (
            "import sys; before = set(sys.modules);"
            "from winbooks_identity.winbooks_id import WinBooksId;"
            "WinBooksId.parse('ada.byron@example.org');"
            "heavy = {'email_validator', 'idna', 'dns', 'uuid', 'secrets'}"
            " | {'winbooks_identity.problems', 'winbooks_identity.errors'};"
            "print(sorted(heavy & set(sys.modules) - before))"
        )
        ran = subprocess.run(  # noqa: S603  (our own program)
            [sys.executable, "-c", program], check=True, capture_output=True, text=True
        )

        assert "[]\n" == ran.stdout
