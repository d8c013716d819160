"""
What licence management says of one employee, and whether it said everything.
"""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from winbooks_identity.dossier import InvalidNumber
from winbooks_identity.errors import Invalid, InvalidFields
from winbooks_identity.language import Language
from winbooks_identity.names import NoLetter, PersonName
from winbooks_identity.phone import NotInternational, PhoneNumber
from winbooks_identity.problems import FlagExpected, Missing, NotText
from winbooks_identity.synchronisation import (
    BadRecord,
    Complete,
    DesiredUser,
    Partial,
    Reason,
)
from winbooks_identity.synchronisation.desired_user import check_external_id, read
from winbooks_identity.synchronisation.remarks import (
    CountDiffers,
    InvalidExternalId,
    NotDeclared,
)
from winbooks_identity.synchronisation.snapshot import snapshot_of
from winbooks_identity.winbooks_id import WinBooksId
from winbooks_identity.winbooks_id.problems import NoAtSign


RECORD = {
    "external_id": "E-1",
    "login": "Ada@example.org",
    "first_name": "Ada",
    "last_name": "Lovelace",
}

ADA = DesiredUser(
    external_id="E-1",
    login=WinBooksId("Ada@example.org"),
    first_name=PersonName("Ada"),
    last_name=PersonName("Lovelace"),
)
BAD = BadRecord(place=2, reasons=())


class TestNames:
    """
    A name keeps the letters that it had.  [R69]
    """

    @pytest.mark.parametrize("encoding", ["cp1252", "cp437", "cp850", "latin-1"])
    @pytest.mark.parametrize("name", ["François", "Zoë", "Müller", "Łukasz", "Hélène"])
    def test_utf_8_in_another_code_page(self, name: str, encoding: str) -> None:
        """
        Each letter became two signs.
        """
        garbled = name.encode().decode(encoding, "replace")

        bad = read({**RECORD, "first_name": garbled}, place=2)

        assert isinstance(bad, BadRecord)
        assert "first_name" in {reason.field for reason in bad.reasons}

    @pytest.mark.parametrize(
        "name",
        [
            "Micha³",
            "£ukasz",
            "Fran?ois",
            "Jos\ufffd",
            "“Ada”",
            "\u201adith",
            "Ren\u00c3ª",
        ],
    )
    def test_other_signs(self, name: str) -> None:
        """
        Windows 1250 as 1252, letters that were lost, quotes that were typed.
        """
        bad = read({**RECORD, "last_name": name}, place=2)

        assert isinstance(bad, BadRecord)
        assert [("last_name", "synchronisation.garbled_name")] == [
            (reason.field, reason.code) for reason in bad.reasons
        ]

    @pytest.mark.parametrize(
        "name",
        [
            "d\u2019Hondt",
            "Gal·la",
            "Mª José",
            "Meyer\u2013Wolff",
            "Ångström",
            "Çelik",
            "Šimek",
            "KOŽUL",
        ],
    )
    def test_names(self, name: str) -> None:
        """
        People are called so.
        """
        assert isinstance(read({**RECORD, "last_name": name}, place=2), DesiredUser)

    @pytest.mark.parametrize("name", ["André", "Jérôme", "Héline"])
    def test_an_old_mac(self, name: str) -> None:
        """
        Its code page has other letters in the same places.
        """
        garbled = name.encode("mac-roman").decode("cp1252")

        assert isinstance(read({**RECORD, "last_name": garbled}, place=2), BadRecord)

    def test_what_cannot_be_read(self) -> None:
        """
        It is shown as such, so that it can be written into a plan.
        """
        bad = read({**RECORD, "last_name": "M\udcfcller\ufffd"}, place=2)

        assert isinstance(bad, BadRecord)
        assert (("characters", "\ufffd"),) == bad.reasons[0].params

    def test_all_that_is_wrong(self) -> None:
        """
        A sign of markup hides no lost letter.
        """
        bad = read({**RECORD, "last_name": "Fran?ois;"}, place=2)

        assert isinstance(bad, BadRecord)
        assert ["synchronisation.garbled_name", "name.forbidden_character"] == [
            reason.code for reason in bad.reasons
        ]


class TestExternalId:
    """
    What licence management calls someone is printable ASCII.  [R69]
    """

    @pytest.mark.parametrize("text", ["7", "a b", "~", "!", "x" * 254])
    def test_accepted(self, text: str) -> None:
        """
        Numbers, UUIDs, logins: whatever its makers chose.
        """
        assert () == check_external_id(text)

    @pytest.mark.parametrize("text", ["", " 7", "7 ", "é", "a\tb", "x" * 255])
    def test_refused(self, text: str) -> None:
        """
        Two spellings that look alike would make two people.
        """
        assert (InvalidExternalId(maximum=254),) == check_external_id(text)

    @pytest.mark.parametrize(
        "text",
        [
            *("#N/A", "#N/B", "#NV", "#REF!", "#VERW!", "#VALEUR!", "#WERT!", "#NAAM?"),
            *("#DIV/0!", "#DEEL/0!", "####", "Err:502", "=A2", "=WAAR()"),
            *("1,00234E+11", "3.2475E+10", "2E+15", "1.00234e+11"),
        ],
    )
    def test_what_a_spreadsheet_shows(self, text: str) -> None:
        """
        It would make a second person, or one of all whom it stands for.
        """
        bad = read({**RECORD, "external_id": text}, place=2)

        assert isinstance(bad, BadRecord)
        assert (None, ["synchronisation.spoilt_external_id"]) == (
            bad.external_id,
            [reason.code for reason in bad.reasons],
        )

    @pytest.mark.parametrize("text", ["#7", "E+10", "1E5", "7E-12", "12E+10X", "a=b"])
    def test_what_looks_like_it(self, text: str) -> None:
        """
        An office may number its people as it likes.
        """
        assert isinstance(read({**RECORD, "external_id": text}, place=2), DesiredUser)

    def test_a_number_is_not_text(self) -> None:
        """
        In JSON ``7`` and ``"7"`` are different things.
        """
        assert (NotText(),) == check_external_id(7)  # type: ignore[arg-type]

    def test_a_user_has_one(self) -> None:
        """
        A value that could not be read back is never made.
        """
        with pytest.raises(Invalid):
            DesiredUser(
                external_id="",
                login=ADA.login,
                first_name=ADA.first_name,
                last_name=ADA.last_name,
            )


class TestParse:
    """
    A record is read at once, with every problem of every field.  [R65, R69]
    """

    def test_the_least(self) -> None:
        """
        Identifier, login and names; whoever is listed is active.
        """
        assert ADA == DesiredUser.parse(RECORD)

    def test_everything(self) -> None:
        """
        Every field is carried over.
        """
        assert DesiredUser(
            external_id="E-1",
            login=ADA.login,
            first_name=ADA.first_name,
            last_name=ADA.last_name,
            language=Language.FRENCH,
            phone=PhoneNumber("+32470123456"),
            is_active=False,
            is_licence_admin=True,
        ) == DesiredUser.parse(
            {
                **RECORD,
                "language": "fr",
                "phone": "+32 470 12 34 56",
                "is_active": "no",
                "is_licence_admin": True,
            }
        )

    @pytest.mark.parametrize("empty", ["", None, " ", "\u200b", "\t\u00a0"])
    def test_an_empty_value_is_not_given(self, empty: str | None) -> None:
        """
        An empty cell, however it is written, deactivates no one.
        """
        desired = DesiredUser.parse(
            {
                **RECORD,
                "language": empty,
                "phone": empty,
                "is_active": empty,
                "is_licence_admin": empty,
            }
        )

        assert ADA == desired

    def test_every_problem_is_told(self) -> None:
        """
        Whoever mends the record mends it once.
        """
        with pytest.raises(InvalidFields) as caught:
            DesiredUser.parse(
                {
                    "login": "ada",
                    "first_name": "",
                    "last_name": "7",
                    "phone": "0470123456",
                    "is_active": "perhaps",
                }
            )

        assert {
            "external_id": (Missing(),),
            "login": (NoAtSign(),),
            "first_name": (Missing(),),
            "last_name": (NoLetter(),),
            "phone": (NotInternational(),),
            "is_active": (FlagExpected(),),
        } == caught.value.by_field

    def test_phone_numbers_are_read_as_asked(self) -> None:
        """
        A product brings its own notation.
        """
        desired = DesiredUser.parse(
            {**RECORD, "phone": "local"}, phone=lambda _: PhoneNumber("+32470123456")
        )

        assert PhoneNumber("+32470123456") == desired.phone


class TestRead:
    """
    A bad record is told, with whom it may mean.  [R69]
    """

    def test_a_good_one(self) -> None:
        """
        It is a user.
        """
        assert ADA == read(RECORD, place=1)

    def test_whom_it_may_mean(self) -> None:
        """
        Identifier and login are kept where they can be read.
        """
        assert BadRecord(
            place=5,
            reasons=(Reason("field.missing", (), "last_name"),),
            external_id="E-1",
            login=WinBooksId("Ada@example.org"),
        ) == read({**RECORD, "last_name": ""}, place=5)

    @pytest.mark.parametrize(
        "field,value",
        [
            ("phone", "0470123456"),
            ("phone", "call the office"),
            ("language", "tlh"),
            ("language", "Nederlands?"),
        ],
    )
    def test_an_optional_field_that_makes_no_sense(
        self, field: str, value: str
    ) -> None:
        """
        It is left out with a remark, and the person stays.
        """
        found = read({**RECORD, field: value}, place=5)

        assert isinstance(found, DesiredUser)
        without = {name: text for name, text in RECORD.items() if name != field}
        assert DesiredUser.parse(without) == attrs.evolve(found, left_out=())
        assert {field} == {reason.field for reason in found.left_out}
        assert 5 == found.place

    def test_a_needed_field_beside_it(self) -> None:
        """
        Then the whole record is bad, and both are named.
        """
        found = read({**RECORD, "phone": "x", "login": "x"}, place=5)

        assert isinstance(found, BadRecord)
        assert {"phone", "login"} == {reason.field for reason in found.reasons}

    def test_nobody_can_tell(self) -> None:
        """
        Identifier and login can be the very thing that is wrong.
        """
        bad = read({**RECORD, "external_id": "é", "login": "ada"}, place=5)

        assert (
            BadRecord(
                place=5,
                reasons=(
                    Reason(
                        "synchronisation.invalid_external_id",
                        (("maximum", 254),),
                        "external_id",
                    ),
                    Reason("winbooks_id.no_at_sign", (), "login"),
                ),
            )
            == bad
        )

    @given(st.dictionaries(st.text(), st.none() | st.text() | st.integers()))
    def test_anything_is_read(self, record: dict[str, object]) -> None:
        """
        No record stops the others.
        """
        assert isinstance(read(record, place=1), BadRecord)


class TestReason:
    """
    A problem survives a file.
    """

    def test_it_speaks(self) -> None:
        """
        The sentence is made when it is read, in the reader's language.
        """
        reason = Reason.of(InvalidNumber(40), "licence")

        assert InvalidNumber(40).message("fr") == reason.message("fr")
        assert "licence" == reason.field


class TestSnapshot:
    """
    A snapshot is complete if its source says so and nothing is missing.  [Q17]
    """

    def test_as_declared(self) -> None:
        """
        Bad records count: they are there.
        """
        assert Complete(users=(ADA,), bad=(BAD,), count=2) == snapshot_of(
            [BAD, ADA], declared=2
        )

    @pytest.mark.parametrize("declared", [0, 1, 3])
    def test_not_as_declared(self, declared: int) -> None:
        """
        A record too few or too many makes it partial.
        """
        assert Partial(
            users=(ADA,), bad=(BAD,), reason=CountDiffers(declared=declared, counted=2)
        ) == snapshot_of([ADA, BAD], declared=declared)

    def test_not_declared(self) -> None:
        """
        Without a count no one knows.
        """
        assert Partial(users=(ADA,), reason=NotDeclared()) == snapshot_of(
            [ADA], declared=None
        )

    def test_a_false_claim_cannot_be(self) -> None:
        """
        Complete is what counts right, whoever makes it.
        """
        with pytest.raises(ValueError, match="2 records declared, 1 counted"):
            Complete(users=(ADA,), count=2)
