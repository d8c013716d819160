"""
Forms are read field by field, and all problems are kept.
"""

import pytest

from winbooks_identity.errors import Invalid, InvalidFields
from winbooks_identity.fields import Fields, Reading
from winbooks_identity.language import Language
from winbooks_identity.problems import Missing, NotOneOf, NotText, NotYesOrNo
from winbooks_identity.role import Role


LANGUAGES = NotOneOf("nl, fr, en")
ROLES = NotOneOf("Connect.Accountant, View.Admin, Connect.Entrepreneur, View.User")


class TestRead:
    """
    A text field is trimmed and parsed.
    """

    @pytest.mark.parametrize(
        "typed", ["nl", " nl ", "\tnl\r\n", "\u00a0nl\u00a0", "\u200bnl\ufeff"]
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


class TestBox:
    """
    A box is ticked or not.
    """

    @pytest.mark.parametrize("given", [True, "on", "ON", " yes", "true", "1"])
    def test_ticked(self, given: object) -> None:
        """
        Web forms send words for a tick.
        """
        assert Fields({"activate": given}).box("activate", default=False).value

    @pytest.mark.parametrize("given", [False, "off", "No", "false", "0", ""])
    def test_not_ticked(self, given: object) -> None:
        """
        An empty word is no tick.
        """
        assert not Fields({"activate": given}).box("activate", default=True).value

    @pytest.mark.parametrize("default", [True, False])
    @pytest.mark.parametrize("form", [{}, {"activate": None}])
    def test_absent(self, form: dict[str, object], default: bool) -> None:
        """
        A box that was not sent has its default.
        """
        assert default == Fields(form).box("activate", default=default).value

    @pytest.mark.parametrize("given", ["perhaps", 1, [True]])
    def test_neither(self, given: object) -> None:
        """
        Anything else is refused.
        """
        box = Fields({"activate": given}).box("activate", default=True)

        assert (NotYesOrNo(),) == box.problems


class TestSecret:
    """
    A secret is never trimmed.
    """

    def test_blanks_at_the_ends_belong_to_it(self) -> None:
        """
        They reach the parser as they were typed.  [R20]
        """
        reading = Fields({"password": " a "}).secret("password", str)

        assert reading is not None
        assert " a " == reading.value

    @pytest.mark.parametrize("form", [{}, {"password": None}, {"password": ""}])
    def test_empty_is_none(self, form: dict[str, object]) -> None:
        """
        The caller decides what an empty one means.
        """
        assert Fields(form).secret("password", str) is None

    def test_what_is_not_text_is_refused(self) -> None:
        """
        Octets are no password.
        """
        reading = Fields({"password": b"a"}).secret("password", str)

        assert reading is not None
        assert (NotText(),) == reading.problems


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

    def test_a_reading_with_problems_has_no_value(self) -> None:
        """
        Nobody goes on with half a form by mistake.
        """
        with pytest.raises(Invalid) as caught:
            _ = Reading[str](problems=(Missing(),)).value

        assert (Missing(),) == caught.value.problems
