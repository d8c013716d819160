"""
Levels: their order, their spellings, their help.
"""

import itertools

import pytest

from winbooks_identity.errors import Invalid
from winbooks_identity.level import Level
from winbooks_identity.problems import NotOneOf, NotText


class TestOrder:
    """
    ``USER < POWER_USER < ADMINISTRATOR``.  [R24, R30]
    """

    def test_levels_are_ordered(self) -> None:
        """
        Sorting puts the lowest first.
        """
        ranked = [Level.USER, Level.POWER_USER, Level.ADMINISTRATOR]

        assert all(
            sorted(shuffled) == ranked for shuffled in itertools.permutations(ranked)
        )

    def test_a_level_is_not_below_itself(self) -> None:
        """
        The order is strict.
        """
        assert not Level.POWER_USER < Level.POWER_USER

    def test_a_level_does_not_compare_with_text(self) -> None:
        """
        Comparing with a raw spelling is a mistake that is noticed.
        """
        with pytest.raises(TypeError):
            _ = Level.USER < "Administrator"


class TestStaff:
    """
    Staff are Power User or Administrator, end customers User.  [R21, R22]
    """

    @pytest.mark.parametrize(
        "level,staff",
        [(Level.USER, False), (Level.POWER_USER, True), (Level.ADMINISTRATOR, True)],
    )
    def test_is_staff(self, level: Level, staff: bool) -> None:
        """
        The level tells which kind of user someone is.
        """
        assert staff == level.is_staff


class TestParse:
    """
    The Portal's names for one level are one level.  [R23]
    """

    @pytest.mark.parametrize(
        "spelling,level",
        [
            ("Administrator", Level.ADMINISTRATOR),
            ("Admin. Licentie", Level.ADMINISTRATOR),
            ("Licence Admin", Level.ADMINISTRATOR),
            ("License Admin", Level.ADMINISTRATOR),
            ("licence_admin", Level.ADMINISTRATOR),
            ("Administrateur", Level.ADMINISTRATOR),
            ("Power User", Level.POWER_USER),
            ("power-user", Level.POWER_USER),
            ("POWER_USER", Level.POWER_USER),
            ("User", Level.USER),
            ("Gebruiker", Level.USER),
            ("Utilisateur", Level.USER),
        ],
    )
    def test_spellings(self, spelling: str, level: Level) -> None:
        """
        Dutch, French and English names are understood, whatever their case.
        """
        assert level is Level.parse(spelling)

    @pytest.mark.parametrize("text", ["", "Root", "Administrator2", "Pow€r User"])
    def test_anything_else_is_refused(self, text: str) -> None:
        """
        The problem lists what is allowed and does not repeat the input.
        """
        with pytest.raises(Invalid) as caught:
            Level.parse(text)

        assert (NotOneOf("User, Power User, Administrator"),) == caught.value.problems

    def test_check_answers_for_what_is_not_text(self) -> None:
        """
        A number is no level.
        """
        assert (NotText(),) == Level.check(2)  # type: ignore[arg-type]  # On purpose.


class TestWords:
    """
    Every level has a name and a help text.  [R25]
    """

    @pytest.mark.parametrize("level", Level)
    def test_every_level_has_help_in_three_languages(self, level: Level) -> None:
        """
        The help button has something to say to every reader.
        """
        assert 3 == len({level.help(locale) for locale in ("nl", "fr", "en")})

    def test_the_label_is_the_portals(self) -> None:
        """
        French readers know the level as Licence Admin.
        """
        assert "Licence Admin" == Level.ADMINISTRATOR.label("fr-BE")
