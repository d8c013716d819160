"""
What others know of a person is gathered in one place.
"""

from people import DOSSIERS, EMPLOYEE, LICENCE
from winbooks_identity.personal_texts import texts_about, texts_of


class TestTextsAbout:
    """
    A guesser knows the person, the office and the dossiers.
    """

    def test_everything_is_there(self) -> None:
        """
        Names, address, company, office, and each dossier by name and number.
        """
        assert (
            "Ada",
            "Lovelace",
            "ada@example.org",
            "Fiduciaire Peeters",
            "Fiduciaire Peeters",
            "WB-1",
            "Dossier 1001",
            "1001",
        ) == texts_about(EMPLOYEE, licence=LICENCE, dossiers=DOSSIERS[:1])


class TestTextsOf:
    """
    A form may say only a part of it.
    """

    def test_what_is_known(self) -> None:
        """
        A dossier that is known by its number alone counts too.
        """
        assert (
            "Ada",
            "Fiduciaire Peeters",
            "WB-1",
            "1003",
        ) == texts_of([EMPLOYEE.first_name], licence=LICENCE, dossiers=["1003"])
