"""
Forms are read field by field, and all problems are kept.
"""

from collections.abc import Callable, Mapping
from urllib.parse import parse_qsl, urlencode

import pytest
from django.http import QueryDict
from multidict import MultiDict as MultiDictOfAiohttp
from multidict import MultiDictProxy
from starlette.datastructures import FormData
from werkzeug.datastructures import CombinedMultiDict, ImmutableMultiDict, MultiDict

from winbooks_identity.errors import Invalid, InvalidFields
from winbooks_identity.fields import (
    MASK,
    Fields,
    Reading,
    is_blank,
    read_each,
    read_flag,
    read_secret,
    read_text,
)
from winbooks_identity.language import Language
from winbooks_identity.phone import PhoneNumber
from winbooks_identity.problems import (
    FlagExpected,
    HiddenCharacter,
    Masked,
    Missing,
    NotOneOf,
    NotText,
    NotYesOrNo,
)
from winbooks_identity.role import Role
from winbooks_identity.winbooks_id import WinBooksId


LANGUAGES = NotOneOf("nl, fr, en")
ROLES = NotOneOf("Connect.Accountant, View.Admin, Connect.Entrepreneur, View.User")


class TestRead:
    """
    A text field is trimmed and parsed.
    """

    @pytest.mark.parametrize(
        "typed",
        [
            *(
                "nl\u2800",
                "\u115fnl",
                "nl\u200d",
                "nl",
                " nl ",
                "\tnl\r\n",
                "\u00a0nl\u00a0",
                "\u200bnl\ufeff",
            ),
            *("\u202anl\u202c", "\u2066nl\u2069", "\u00adnl\u00ad", "\u200enl\u200f"),
            *("\u2009nl\u2000", "\u202fnl\u200a", "\u3000nl\u2028", "\u061cnl\u180e"),
            *("\u2060nl\u206f", "\u1680nl\u205f", "\u0085nl\u2029"),
        ],
    )
    def test_ends_are_trimmed(self, typed: str) -> None:
        """
        What a paste brings along at the ends does not count.
        """
        assert (
            Language.DUTCH
            == Fields({"language": typed}).read("language", Language.parse).value
        )

    @pytest.mark.parametrize("form", [{}, {"language": None}, {"language": " \t"}])
    def test_empty_is_missing(self, form: dict[str, object]) -> None:
        """
        A mandatory field without text is missing.
        """
        reading = Fields(form).read("language", Language.parse)

        assert (Missing(),) == reading.problems

    def test_empty_takes_the_default(self) -> None:
        """
        With a default the field is optional.
        """
        reading = Fields({}).read("language", Language.parse, Language.FRENCH)

        assert Language.FRENCH == reading.value

    @pytest.mark.parametrize("given", [3, b"nl", ["nl"], True])
    def test_what_is_not_text_is_refused(self, given: object) -> None:
        """
        A number in a text field is a problem, not a crash.
        """
        reading = Fields({"language": given}).read("language", Language.parse)

        assert (NotText(),) == reading.problems

    def test_a_wrong_text_has_the_problems_of_its_value(self) -> None:
        """
        The field adds nothing to what the value says.
        """
        reading = Fields({"language": "tlh"}).read("language", Language.parse)

        assert (LANGUAGES,) == reading.problems

    @pytest.mark.parametrize(
        "text", ["jan\u200b@x.be", "ja\u00adn@x.be", "jan@\u202ax.be"]
    )
    def test_a_hidden_character_inside_is_named(self, text: str) -> None:
        """
        No other sentence would help to find it.
        """
        assert (HiddenCharacter(),) == read_text(text, WinBooksId.parse).problems

    def test_a_hidden_character_that_a_value_takes_is_no_problem(self) -> None:
        """
        The value decides.
        """
        assert "a\u200db" == read_text(" a\u200db ", str).value

    def test_a_visible_mistake_beside_trimmed_characters(self) -> None:
        """
        What was trimmed is not blamed.
        """
        assert (
            WinBooksId.check("jan") == read_text("\u202ajan", WinBooksId.parse).problems
        )

    def test_a_phone_number_between_marks_of_direction(self) -> None:
        """
        A telephone's list of contacts pastes them along.
        """
        pasted = "\u2066+32 470 12 34 56\u2069"

        assert PhoneNumber("+32470123456") == read_text(pasted, PhoneNumber.parse).value

    def test_a_member_is_read_as_its_value(self) -> None:
        """
        A field takes its own values back.
        """
        assert Language.FRENCH == read_text(Language.FRENCH, Language.parse).value


class TestIsBlank:
    """
    A blank is a blank to every gateway.
    """

    @pytest.mark.parametrize(
        "given",
        [None, "", " ", "\u200b", "\t\u00ad\u2009", "\u2800", "\u3164", " \ufe0f"],
    )
    def test_nothing_to_see(self, given: object) -> None:
        """
        However it is written.
        """
        assert is_blank(given)

    @pytest.mark.parametrize("given", ["0", "no", False, 0, []])
    def test_something(self, given: object) -> None:
        """
        A no is an answer.
        """
        assert not is_blank(given)


class TestReadEach:
    """
    A field with several choices gives a set.
    """

    @pytest.mark.parametrize(
        "given,expected",
        [
            (None, frozenset()),
            ("", frozenset()),
            ([], frozenset()),
            ([""], frozenset()),
            ([" ", "\u200b"], frozenset()),
            (frozenset({Role.VIEW_USER}), {Role.VIEW_USER}),
            ("View.User", {Role.VIEW_USER}),
            (["View.User", " view.user "], {Role.VIEW_USER}),
            (("View.User", "View.Admin"), {Role.VIEW_USER, Role.VIEW_ADMIN}),
        ],
    )
    def test_choices(self, given: object, expected: frozenset[Role]) -> None:
        """
        Doubles are one, and empty choices of a web form are none.  [R40]
        """
        assert expected == Fields({"roles": given}).read_each("roles", Role.parse).value

    @pytest.mark.parametrize(
        "given,expected",
        [
            (3, (NotText(),)),
            ([3, "x", "y"], (NotText(), ROLES)),
            ({3: 4}, (NotText(),)),
        ],
    )
    def test_wrong_choices(self, given: object, expected: tuple[object, ...]) -> None:
        """
        Every kind of wrong choice is told once.
        """
        reading = Fields({"roles": given}).read_each("roles", Role.parse)

        assert expected == reading.problems

    def test_one_can_be_mandatory(self) -> None:
        """
        Blank choices are none; a wrong one is wrong, and not missing.
        """
        empty = read_each([" "], Role.parse, is_required=True)
        wrong = read_each(["x"], Role.parse, is_required=True)

        assert ((Missing(),), (ROLES,)) == (empty.problems, wrong.problems)


class TestBox:
    """
    A box is ticked or not.
    """

    @pytest.mark.parametrize("given", [True, "on", "ON", " yes", "true", "1"])
    def test_ticked(self, given: object) -> None:
        """
        Web forms send words for a tick.
        """
        assert Fields({"activate": given}).read_box("activate", default=False).value

    @pytest.mark.parametrize("given", [False, "off", "No", "false", "0", ""])
    def test_not_ticked(self, given: object) -> None:
        """
        An empty word is no tick.
        """
        assert not Fields({"activate": given}).read_box("activate", default=True).value

    @pytest.mark.parametrize("default", [True, False])
    @pytest.mark.parametrize("form", [{}, {"activate": None}])
    def test_absent(self, form: dict[str, object], default: bool) -> None:
        """
        A box that was not sent has its default.
        """
        assert default == Fields(form).read_box("activate", default=default).value

    @pytest.mark.parametrize("given", ["perhaps", 1, [True]])
    def test_neither(self, given: object) -> None:
        """
        Anything else is refused.
        """
        box = Fields({"activate": given}).read_box("activate", default=True)

        assert (NotYesOrNo(),) == box.problems


class TestFlag:
    """
    A file says yes or no in the languages of its program.
    """

    @pytest.mark.parametrize(
        "given",
        [
            *(True, 1, "1", "yes", "Y", "true", "TRUE", "on", "ja", "J", "oui", "O"),
            *("WAAR", "VRAI", "WAHR", "Waar", " ja\u00a0", "\u200bja"),
            *("t", "1.0", 1.0),
        ],
    )
    def test_yes(self, given: object) -> None:
        """
        In Dutch, French, German and English, in any case.
        """
        assert read_flag(given, default=False).value is True

    @pytest.mark.parametrize(
        "given",
        [
            *(False, 0, "0", "no", "N", "false", "FALSE", "off", "nee", "nein", "non"),
            *("ONWAAR", "FAUX", "FALSCH", "Onwaar", " nee\u202f", "non\u2060"),
            *("f", "0.0", 0.0),
        ],
    )
    def test_no(self, given: object) -> None:
        """
        In Dutch, French, German and English, in any case.
        """
        assert read_flag(given, default=True).value is False

    @pytest.mark.parametrize("default", [True, False])
    @pytest.mark.parametrize(
        "given", [None, "", " ", "\t", "\u00a0", "\u200b", "\ufeff", "\u00ad"]
    )
    def test_empty(self, given: object, *, default: bool) -> None:
        """
        Whatever an empty cell holds, it is empty.
        """
        assert default is read_flag(given, default=default).value

    @pytest.mark.parametrize(
        "given",
        [
            "perhaps",
            "2",
            2,
            -1,
            0.5,
            float("nan"),
            "ja nee",
            "waarheid",
            ["ja"],
            "\ud800",
        ],
    )
    def test_neither(self, given: object) -> None:
        """
        Anything else is refused, in words for a file.
        """
        assert (FlagExpected(),) == read_flag(given, default=True).problems


class TestSecret:
    """
    A secret is never trimmed.
    """

    def test_blanks_at_the_ends_belong_to_it(self) -> None:
        """
        They reach the parser as they were typed.  [R20]
        """
        assert " a " == Fields({"password": " a "}).read_secret("password", str).value

    @pytest.mark.parametrize("form", [{}, {"password": None}, {"password": ""}])
    def test_empty_is_missing(self, form: dict[str, object]) -> None:
        """
        Without a default it is mandatory.
        """
        fields = Fields(form)

        assert (Missing(),) == fields.read_secret("password", str).problems
        assert fields.read_secret("password", str, None).value is None

    def test_what_is_not_text_is_refused(self) -> None:
        """
        Bytes are no password.
        """
        assert (NotText(),) == read_secret(b"a", str).problems

    @pytest.mark.parametrize("mask", [MASK, "***", "\u2022" * 8, "\u25cf"])
    def test_a_mask_is_refused(self, mask: str) -> None:
        """
        What stands for a secret never becomes one.  [R19]
        """
        assert (Masked(),) == read_secret(mask, str).problems

    def test_asterisks_may_be_a_part(self) -> None:
        """
        Only what is nothing else is a mask.
        """
        assert "***a***" == read_secret("***a***", str).value


def aiohttp(query: str) -> Mapping[str, object]:
    """
    Return the form as aiohttp reads it.
    """
    return MultiDictProxy(MultiDictOfAiohttp(parse_qsl(query, keep_blank_values=True)))


def werkzeug(query: str) -> MultiDict[str, str]:
    """
    Return the form as Werkzeug reads it.
    """
    return MultiDict(parse_qsl(query, keep_blank_values=True))


@pytest.mark.parametrize(
    "read",
    [
        QueryDict,
        lambda query: FormData(parse_qsl(query, keep_blank_values=True)),
        werkzeug,
        lambda query: ImmutableMultiDict(werkzeug(query)),
        lambda query: CombinedMultiDict([werkzeug(query)]),
        aiohttp,
    ],
    ids=["Django", "Starlette", "Werkzeug", "immutable", "combined", "aiohttp"],
)
class TestPosted:
    """
    A mapping with several values under a name is what a browser posted.
    """

    def test_every_choice_is_read(
        self, read: Callable[[str], Mapping[str, object]]
    ) -> None:
        """
        Of several choices none is lost.
        """
        query = urlencode([("roles", "View.User"), ("roles", "View.Admin")])
        fields = Fields(read(query))

        assert {Role.VIEW_USER, Role.VIEW_ADMIN} == fields.read_each(
            "roles", Role.parse
        ).value
        assert frozenset() == fields.read_each("others", Role.parse).value

    def test_the_last_value_counts(
        self, read: Callable[[str], Mapping[str, object]]
    ) -> None:
        """
        A hidden element before a box says what an empty one means.
        """
        fields = Fields(read("activate=off&activate=on&language=nl&language=fr"))

        assert fields.read_box("activate", default=False).value
        assert Language.FRENCH == fields.read("language", Language.parse).value

    @pytest.mark.parametrize("query", ["a=b", "activate="])
    def test_a_box_that_was_not_sent_is_not_ticked(
        self, read: Callable[[str], Mapping[str, object]], query: str
    ) -> None:
        """
        A browser sends nothing for an empty box, whatever its default is.  [R58]
        """
        assert not Fields(read(query)).read_box("activate", default=True).value

    def test_what_was_not_sent_is_missing(
        self, read: Callable[[str], Mapping[str, object]]
    ) -> None:
        """
        As in every other form.
        """
        fields = Fields(read("a=b"))

        assert (Missing(),) == fields.read("language", Language.parse).problems
        assert fields.read_secret("password", str, None).value is None


class TestAllTogether:
    """
    Problems of every field are raised at once.
    """

    def test_every_field_that_was_read_counts(self) -> None:
        """
        Two wrong fields are two entries.
        """
        fields = Fields({"language": "tlh"})
        fields.read("language", Language.parse)
        fields.read("role", Role.parse)

        with pytest.raises(InvalidFields) as caught:
            fields.raise_if_any()

        assert {
            "language": (LANGUAGES,),
            "role": (Missing(),),
        } == caught.value.by_field

    def test_more_problems_of_a_field_are_kept_in_order(self) -> None:
        """
        A later rule adds to the problems of a field.
        """
        fields = Fields({})
        fields.read("language", Language.parse)
        fields.refuse("language", (NotText(),))

        with pytest.raises(InvalidFields) as caught:
            fields.raise_if_any()

        assert {"language": (Missing(), NotText())} == caught.value.by_field

    def test_good_values_are_kept(self) -> None:
        """
        No one reads a bad form again for them.
        """
        fields = Fields({"language": "nl", "role": "x"})
        fields.read("language", Language.parse)
        fields.read("role", Role.parse)
        fields.refuse("language", (NotText(),))

        assert Language.DUTCH == fields.kept("language", Language)
        assert fields.kept("role", Role) is None
        assert fields.kept("language", Role) is None
        assert fields.kept("phone", PhoneNumber) is None

    def test_a_second_reading_takes_the_place_of_the_first(self) -> None:
        """
        What is found out later counts, and keeps the place of the field.
        """
        fields = Fields({"language": "x", "role": "x"})
        fields.read("language", Language.parse)
        fields.read("role", Role.parse)
        fields.keep("language", Reading(Language.DUTCH, problems=(NotText(),)))

        with pytest.raises(InvalidFields) as caught:
            fields.raise_if_any()

        assert [("language", (NotText(),)), ("role", (ROLES,))] == list(
            caught.value.by_field.items()
        )
        assert fields.kept("language", Language) is None

    def test_a_reading_with_problems_has_no_value(self) -> None:
        """
        No one goes on with half a form by mistake.
        """
        with pytest.raises(Invalid) as caught:
            _ = Reading[str](problems=(Missing(),)).value

        assert (Missing(),) == caught.value.problems
