"""
What others know of a person is gathered in one place.
"""

from office import DOSSIERS, EMPLOYEE, LICENCE
from winbooks_identity.personal_texts import texts_about


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
