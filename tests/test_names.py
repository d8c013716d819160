"""
Which text can be the name of a person or of a company?
"""

import copy
import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from winbooks_identity import names
from winbooks_identity.errors import Invalid
from winbooks_identity.names import (
    Backtick,
    CompanyName,
    ForbiddenCharacter,
    InvisibleCharacter,
    MisplacedMark,
    NoLetter,
    NoLetterOrDigit,
    NotCanonical,
    PersonName,
    TooLong,
)
from winbooks_identity.problems import Missing, NotText


NAMES = [
    "O",
    "Ng",
    "Ada",
    "van der Straeten",
    "D'Hondt",
    "d\u2019Udekem",
    "Jean-Pierre",
    "J. R.",
    "Åsa",
    "Łukasz",
    "X Æ A-12",
    "Nguyễn Thị",
    "Мария",
    "李",
    "فاطمه‌زهرا",
    "ශ්‍රී",
]

COMPANIES = [
    "3M",
    "C&A",
    "Yahoo!",
    "A+B SA/NV",
    "Dupont, Durand & Fils (SRL)",
    "@home",
    "100% Bio",
    'Café "De Hoek"',
]


class TestNames:
    """
    Names are taken as people write them.  [Q1, R33]
    """

    @pytest.mark.parametrize("name", NAMES)
    def test_person(self, name: str) -> None:
        """
        A person's name is kept as it is.
        """
        assert unicodedata.normalize("NFC", name) == PersonName.parse(name).text

    @pytest.mark.parametrize("name", [*NAMES, *COMPANIES])
    def test_company(self, name: str) -> None:
        """
        A company may have every name of a person, and signs besides.
        """
        assert () == CompanyName.check(name)


class TestParse:
    """
    One spelling is stored.  [Q1]
    """

    @pytest.mark.parametrize(
        "typed",
        [
            "Ren\xe9 Magritte",
            "Rene\u0301 Magritte",
            "  Ren\xe9   Magritte ",
            "Ren\xe9\u00a0Magritte\u3000",
        ],
    )
    def test_spellings(self, typed: str) -> None:
        """
        Accents are composed; blanks of any kind become one, and none at the ends.
        """
        assert "Ren\xe9 Magritte" == PersonName.parse(typed).text

    def test_compatibility_characters_stay(self) -> None:
        """
        No one's name is rewritten.
        """
        assert "\ufb01n" == PersonName.parse("\ufb01n").text

    def test_raises_every_problem(self) -> None:
        """
        All that is wrong is said at once.
        """
        with pytest.raises(Invalid) as caught:
            PersonName.parse("\u0301<\n>" + "1" * 97)

        assert (
            TooLong(100),
            InvisibleCharacter(),
            MisplacedMark(),
            ForbiddenCharacter("< >"),
            NoLetter(),
        ) == caught.value.problems

    @given(st.text())
    def test_is_idempotent(self, text: str) -> None:
        """
        What is accepted is in its final spelling.
        """
        try:
            name = CompanyName.parse(text)
        except Invalid as refused:
            assert CompanyName.check(text) == refused.problems  # noqa: PT017
        else:
            assert name == CompanyName.parse(name.text) == CompanyName(name.text)


class TestPlainNames:
    """
    The short way for plain names and the long one never differ.  [Q1]
    """

    @pytest.mark.parametrize("name", [PersonName, CompanyName])
    @given(st.text("abYZ\xc0\xd7\xf7\xff '-.,&(+)/!:=?1\u0301\u0178", max_size=8))
    def test_verdict(self, name: type[PersonName | CompanyName], text: str) -> None:
        """
        Both ways find the same problems in every spelling.
        """
        spelled = names._canonical(text)

        assert tuple(name._problems(spelled)) == name.check(text)

    @given(st.from_regex(names._PLAIN, fullmatch=True))
    def test_spelling(self, text: str) -> None:
        """
        A plain name is composed and has no blanks to take away.
        """
        composed = unicodedata.normalize("NFC", text)

        assert " ".join(composed.split(" ")).strip() == names._canonical(text)


class TestTooLong:
    """
    A person's name has at most 100 characters, a company's 200.  [Q1]
    """

    def test_longest_person(self) -> None:
        """
        100 characters are accepted.
        """
        assert () == PersonName.check("a" * 100)

    def test_person(self) -> None:
        """
        101 are too many.
        """
        assert (TooLong(100),) == PersonName.check("a" * 101)

    def test_longest_company(self) -> None:
        """
        200 characters are accepted.
        """
        assert () == CompanyName.check("a" * 200)

    def test_company(self) -> None:
        """
        201 are too many.
        """
        assert (TooLong(200),) == CompanyName.check("a" * 201)

    def test_counts_the_stored_spelling(self) -> None:
        """
        An accent typed apart does not count.
        """
        assert () == PersonName.check("e\u0301" * 100 + " " * 200)

    def test_looks_at_four_times_as_many(self) -> None:
        """
        Text that is longer is not looked at, whatever it would become.
        """
        assert (TooLong(100),) == PersonName.check("a" + " " * 400)

    @pytest.mark.parametrize("character", ["\u0301", "a", " ", "\ud800", "<"])
    def test_a_million_characters(self, character: str) -> None:
        """
        The answer to any length is the limit.
        """
        assert (TooLong(200),) == CompanyName.check(character * 1_000_000)


class TestMissing:
    """
    An empty name is missing.  [Q1]
    """

    @pytest.mark.parametrize("text", ["", " ", "\u00a0\u3000"])
    def test_blank(self, text: str) -> None:
        """
        Blanks alone are no name, and nothing else is said about them.
        """
        assert (Missing(),) == PersonName.check(text)


class TestInvisibleCharacter:
    """
    A name has no control, invisible, private or unassigned character.  [Q1]
    """

    @pytest.mark.parametrize(
        "code_point",
        [
            *(0x00, 0x09, 0x0A, 0x0D, 0x1B, 0x85, 0x2028, 0x2029),
            *(0xAD, 0x061C, 0x180E, 0x200B, 0x200E, 0x202E, 0x2060, 0x2066, 0xFEFF),
            *(
                0x180B,
                0x17B4,
                0xFE0E,
                0x1D159,
                0x16FE4,
                0x034F,
                0x115F,
                0x1160,
                0x2800,
                0x3164,
                0xFFA0,
                0xE0100,
                0xE01EF,
            ),
            *(0xD800, 0xE000, 0xFFFF, 0xE0041),
        ],
        ids=hex,
    )
    @pytest.mark.parametrize("kind", [PersonName, CompanyName])
    def test_refused(
        self, kind: type[PersonName | CompanyName], code_point: int
    ) -> None:
        """
        They forge lines and turn text round, or show nothing.
        """
        assert (InvisibleCharacter(),) == kind.check(f"A{chr(code_point)}b")

    @pytest.mark.parametrize("text", ["\u200cab", "ab\u200d", "a\u200d b", "a \u200db"])
    def test_joiner_joins_nothing(self, text: str) -> None:
        """
        A joiner stands between a letter, with its marks, and a letter.
        """
        assert (InvisibleCharacter(),) == PersonName.check(text)

    @pytest.mark.parametrize("text", ["a\u200cb", "\u0d9a\u0dca\u200d\u0dbb"])
    def test_joiner_joins(self, text: str) -> None:
        """
        Persian and Indic names need it.
        """
        assert () == PersonName.check(text)


class TestMisplacedMark:
    """
    A name does not begin with an accent, nor has over four in a row.  [Q1]
    """

    def test_first(self) -> None:
        """
        An accent at the start would stand on what is before the name.
        """
        assert (MisplacedMark(),) == PersonName.check("\u0323a")

    def test_four(self) -> None:
        """
        Four accents in a row are accepted.
        """
        assert () == PersonName.check("b" + "\u0332" * 4)

    def test_five(self) -> None:
        """
        Five are too many.
        """
        assert (MisplacedMark(),) == PersonName.check("b" + "\u0332" * 5)


class TestForbiddenCharacter:
    """
    A name has no sign of markup, of addresses or of encoded words.  [Q1]
    """

    @pytest.mark.parametrize("sign", list('<>\\@"{}[]|^~;=*#%$'))
    def test_person(self, sign: str) -> None:
        """
        These signs are in no one's name.
        """
        assert (ForbiddenCharacter(sign),) == PersonName.check(f"A{sign}b")

    @pytest.mark.parametrize("sign", ["<", ">", "\\", "=?", "?=", "://"])
    def test_company(self, sign: str) -> None:
        """
        Companies have stranger names, but none of these.
        """
        assert (ForbiddenCharacter(sign),) == CompanyName.check(f"A{sign}b")

    def test_link(self) -> None:
        """
        A link as a first name would be mailed in our name.
        """
        assert (ForbiddenCharacter("://"),) == PersonName.check("http://example.org")

    @pytest.mark.parametrize("sign", ["`", "\u00b4", "\u02ca", "\u02cb", "\uff40"])
    def test_backtick(self, sign: str) -> None:
        """
        The key beside the apostrophe is answered with the apostrophe.
        """
        assert (Backtick(),) == PersonName.check(f"D{sign}hondt")
        assert (Backtick(), ForbiddenCharacter("; <")) == PersonName.check(
            f"D{sign}h;n<d;t"
        )


class TestNoLetter:
    """
    A person's name has a letter, a company's a letter or a digit.  [Q1, R33]
    """

    @pytest.mark.parametrize("text", ["42", ".", "- -"])
    def test_person(self, text: str) -> None:
        """
        Digits and dots are no name.
        """
        assert (NoLetter(),) == PersonName.check(text)

    def test_company_of_digits(self) -> None:
        """
        A company may be a number.
        """
        assert () == CompanyName.check("1919")

    def test_company(self) -> None:
        """
        Signs alone are no company.
        """
        assert (NoLetterOrDigit(),) == CompanyName.check("&-&")


class TestValue:
    """
    A name is a value that shows itself on request only.  [Q1]
    """

    def test_text(self) -> None:
        """
        As text it is the name.
        """
        assert "Ada Byron" == str(PersonName("Ada Byron"))

    def test_repr_is_masked(self) -> None:
        """
        A log shows one letter.
        """
        assert "<PersonName A…> <CompanyName 3…>" == (
            f"{PersonName('Ada')!r} {CompanyName('3M')!r}"
        )

    def test_equal_by_text(self) -> None:
        """
        Two names with one text are one.
        """
        assert 1 == len({PersonName("Ada"), PersonName("Ada")})

    def test_person_is_no_company(self) -> None:
        """
        A person and a company of the same name differ.
        """
        person: object = PersonName("Ada")

        assert person != CompanyName("Ada")

    @pytest.mark.parametrize("text", [" Ada", "Rene\u0301", "A  B"])
    def test_constructor_refuses_another_spelling(self, text: str) -> None:
        """
        What `parse` would change did not come from here.
        """
        with pytest.raises(Invalid) as caught:
            PersonName(text)

        assert (NotCanonical(),) == caught.value.problems

    def test_constructor_refuses_what_is_no_name(self) -> None:
        """
        No name exists that was not checked.
        """
        with pytest.raises(Invalid) as caught:
            PersonName("42")

        assert (NoLetter(),) == caught.value.problems

    @pytest.mark.parametrize("value", [None, 1, b"Ada"], ids=repr)
    def test_no_text(self, value: object) -> None:
        """
        Anything but text is named as such.
        """
        assert (NotText(),) == PersonName.check(value)  # type: ignore[arg-type]

    def test_copies(self) -> None:
        """
        A copy and a pickle are the same name.
        """
        name = CompanyName("C&A")

        assert {name} == {copy.deepcopy(name), pickle.loads(pickle.dumps(name))}  # noqa: S301  (our own pickle)
