"""
Licences, their products, their dossiers.
"""

import pytest

from winbooks_identity.dossier import Dossier, InvalidNumber, check_number
from winbooks_identity.errors import Invalid, InvalidFields
from winbooks_identity.language import Language
from winbooks_identity.licence import Licence, Product
from winbooks_identity.names import CompanyName
from winbooks_identity.problems import Missing, NotOneOf, NotText


class TestProduct:
    """
    The product of the licence decides the path.  [R34, R35]
    """

    @pytest.mark.parametrize(
        "spelling,product",
        [
            ("Classic", Product.CLASSIC),
            ("WinBooks Classic", Product.CLASSIC),
            ("winbooks classic", Product.CLASSIC),
            ("on Web", Product.ON_WEB),
            ("WinBooks on Web", Product.ON_WEB),
            ("on_web", Product.ON_WEB),
        ],
    )
    def test_spellings(self, spelling: str, product: Product) -> None:
        """
        The brand's name may be left out.
        """
        assert product is Product.parse(spelling)

    @pytest.mark.parametrize("text", ["", "WinBooks", "Classic on Web"])
    def test_anything_else_is_refused(self, text: str) -> None:
        """
        The problem lists the products.
        """
        with pytest.raises(Invalid) as caught:
            Product.parse(text)

        assert (NotOneOf("WinBooks Classic, WinBooks on Web"),) == caught.value.problems

    def test_check_answers_for_what_is_not_text(self) -> None:
        """
        A truth value is no product.
        """
        assert (NotText(),) == Product.check(True)  # type: ignore[arg-type]  # noqa: FBT003  # On purpose.


class TestNumber:
    """
    The number of a licence or dossier is short and plain.  [R31, R36]
    """

    @pytest.mark.parametrize("text", ["1", "WB-2026-0417", "a/b_c.d", "9" * 40])
    def test_accepted(self, text: str) -> None:
        """
        Letters, digits and . _ / - make a number of up to forty characters.
        """
        assert () == check_number(text)

    @pytest.mark.parametrize("text", ["", "9" * 41, "-1", "a b", "é", "1\n", "1;2"])
    def test_refused(self, text: str) -> None:
        """
        Anything else is refused, and the limit is named.
        """
        assert (InvalidNumber(40),) == check_number(text)

    def test_what_is_not_text_is_refused(self) -> None:
        """
        A number of a dossier is written as text.
        """
        assert (NotText(),) == check_number(1001)  # type: ignore[arg-type]  # On purpose.

    def test_a_dossier_cannot_be_made_with_a_wrong_number(self) -> None:
        """
        The constructor guards itself.
        """
        with pytest.raises(Invalid):
            Dossier(number="a b", name=CompanyName("Bakkerij De Korenaar"))

    def test_a_licence_cannot_be_made_with_a_wrong_number(self) -> None:
        """
        The constructor guards itself.
        """
        with pytest.raises(Invalid):
            Licence(
                number="",
                product=Product.CLASSIC,
                holder=CompanyName("Fiduciaire Peeters"),
                language=Language.DUTCH,
            )


class TestParse:
    """
    Licences and dossiers are read like a form.  [R31, R36]
    """

    def test_a_licence(self) -> None:
        """
        Four fields describe it.
        """
        assert Licence(
            number="WB-1",
            product=Product.ON_WEB,
            holder=CompanyName("Fiduciaire Peeters & Dubois BV"),
            language=Language.FRENCH,
        ) == Licence.parse(
            {
                "number": " WB-1 ",
                "product": "on Web",
                "holder": "Fiduciaire  Peeters & Dubois BV",
                "language": "FR",
            }
        )

    def test_every_field_of_a_licence_is_mandatory(self) -> None:
        """
        All that is missing is told at once.
        """
        with pytest.raises(InvalidFields) as caught:
            Licence.parse({})

        assert dict.fromkeys(
            ("number", "product", "holder", "language"), (Missing(),)
        ) == dict(caught.value.by_field)

    def test_a_dossier(self) -> None:
        """
        Two fields describe it.
        """
        assert Dossier(number="1001", name=CompanyName("C&A")) == Dossier.parse(
            {"number": "1001", "name": "C&A"}
        )

    def test_every_field_of_a_dossier_is_mandatory(self) -> None:
        """
        All that is missing is told at once.
        """
        with pytest.raises(InvalidFields) as caught:
            Dossier.parse({"number": ""})

        assert {"number": (Missing(),), "name": (Missing(),)} == caught.value.by_field


class TestLanguage:
    """
    The Portal writes Dutch, French and English.  [Q2]
    """

    @pytest.mark.parametrize(
        "text", ["nl", "NL", " nl ", "nl-BE", "nl_BE", "NL-Latn-BE"]
    )
    def test_spellings(self, text: str) -> None:
        """
        Case, region and blanks around the code do not count.
        """
        assert Language.DUTCH is Language.parse(text)

    @pytest.mark.parametrize(
        "text", ["", "de", "de-BE", "nl-", "nl BE", "nlBE", "Nederlands"]
    )
    def test_anything_else_is_refused(self, text: str) -> None:
        """
        The problem lists the languages.
        """
        with pytest.raises(Invalid) as caught:
            Language.parse(text)

        assert (NotOneOf("nl, fr, en"),) == caught.value.problems

    def test_check_answers_for_what_is_not_text(self) -> None:
        """
        Nothing is no language.
        """
        assert (NotText(),) == Language.check(None)  # type: ignore[arg-type]  # On purpose.
