"""
No one climbs by the real rules, and planted holes are found.
"""

from collections.abc import Callable

import pytest

from winbooks_identity import authorization
from winbooks_identity.authorization import (
    Actor,
    EndCustomersOnly,
    ForeignLicence,
    LevelAboveOwn,
    ManagesNobody,
    NotActive,
    OtherDossiers,
)
from winbooks_identity.level import Level
from winbooks_identity.portal_user import PortalUser
from winbooks_identity.problems import Problem
from winbooks_identity.testing.escalation import (
    Rules,
    assert_no_escalation,
    find_escalation,
)


Check = Callable[[Actor, PortalUser | None, PortalUser | None], tuple[Problem, ...]]


def rules(check: Check) -> Rules:
    """
    Return *check* as rules.
    """

    def named(
        actor: Actor, *, before: PortalUser | None, after: PortalUser | None
    ) -> tuple[Problem, ...]:
        return check(actor, before, after)

    return named


def without(*forgotten: type[Problem]) -> Rules:
    """
    Return the real rules, with some of them forgotten.
    """

    def check(
        actor: Actor, before: PortalUser | None, after: PortalUser | None
    ) -> tuple[Problem, ...]:
        found = authorization.check(actor, before=before, after=after)
        return tuple(each for each in found if not isinstance(each, forgotten))

    return rules(check)


def only_before(
    actor: Actor, before: PortalUser | None, after: PortalUser | None
) -> tuple[Problem, ...]:
    """
    Look at the user as they were, and not at what is made of them.
    """
    return authorization.check(actor, before=before, after=before or after)


def only_after(
    actor: Actor, before: PortalUser | None, after: PortalUser | None
) -> tuple[Problem, ...]:
    """
    Look at what is made of the user, and not at who they were.
    """
    return authorization.check(actor, before=after or before, after=after)


def colleagues(
    actor: Actor, before: PortalUser | None, after: PortalUser | None
) -> tuple[Problem, ...]:
    """
    Let a Power User give any dossier to a colleague who has none that he lacks.
    """
    if (
        before
        and after
        and isinstance(actor, PortalUser)
        and actor.id != before.id
        and actor.level is before.level is after.level is Level.POWER_USER
        and before.dossiers <= actor.dossiers
        and before.dossiers < after.dossiers
        and actor.is_active
        and before.licence == actor.licence
    ):
        return ()
    return authorization.check(actor, before=before, after=after)


@pytest.mark.slow
class TestRealRules:
    """
    No one ends above where they started.  [R26, R27, R28, R29, R30]
    """

    def test_no_chain_of_steps_is_an_exploit(self) -> None:
        """
        By one actor or by two, over the whole space.
        """
        assert_no_escalation()


class TestHonestAdministrator:
    """
    What is given later is not for who made the user.  [S5]
    """

    def test_a_password_that_lasts_is_an_exploit(self) -> None:
        """
        Power Users made an end customer, and read along with what came after.
        """
        assert str(find_escalation(must_change=False)) == (
            "A: active Power User of WB-1 with no dossier\n"
            "1. A makes C, an active User of WB-1 with no dossier\n"
            "2. C signs in\n"
            "3. H makes C Administrator\n"
            "=> they gained 1001 of WB-1, 1002 of WB-1, Administrator of WB-1"
        )

    def test_the_assertion_says_so(self) -> None:
        """
        A product that forgets the change at the first sign-in reads why.
        """
        with pytest.raises(AssertionError, match=r"3\. H makes C Administrator"):
            assert_no_escalation(must_change=False)


class TestPlantedHoles:
    """
    A hole is named by its shortest exploit.
    """

    @pytest.mark.parametrize(
        "hole,script",
        [
            (
                without(NotActive),
                (
                    "A: inactive Power User of WB-1 with no dossier\n"
                    "1. A makes C, an active User of WB-1 with no dossier\n"
                    "=> they gained User of WB-1"
                ),
            ),
            (
                without(ForeignLicence),
                (
                    "A: active Power User of WB-1 with no dossier\n"
                    "1. A makes C, an active User of WB-2 with no dossier\n"
                    "=> they gained User of WB-2"
                ),
            ),
            (
                without(ManagesNobody),
                (
                    "A: active User of WB-1 with no dossier\n"
                    "1. A lets A open 1001\n"
                    "=> they gained 1001 of WB-1"
                ),
            ),
            (
                without(OtherDossiers),
                (
                    "A: active Power User of WB-1 with no dossier\n"
                    "1. A makes C, an active User of WB-1 with 1001\n"
                    "=> they gained 1001 of WB-1"
                ),
            ),
            (
                without(EndCustomersOnly, LevelAboveOwn),
                (
                    "A: active Power User of WB-1 with no dossier\n"
                    "1. A makes A Administrator\n"
                    "=> they gained 1001 of WB-1, 1002 of WB-1, Administrator of WB-1"
                ),
            ),
            (
                rules(only_after),
                (
                    "A: active Power User of WB-1 with no dossier\n"
                    "C: active User of WB-1 with 1001\n"
                    "1. A lets C open no dossier\n"
                    "=> they changed a user who has 1001 of WB-1"
                ),
            ),
            (
                rules(only_before),
                (
                    "A: active Power User of WB-1 with no dossier\n"
                    "1. A makes C, an active User of WB-1 with no dossier\n"
                    "2. A makes C Administrator\n"
                    "=> they gained 1001 of WB-1, 1002 of WB-1, Administrator of WB-1"
                ),
            ),
            (
                rules(colleagues),
                (
                    "A: active Power User of WB-1 with no dossier\n"
                    "B: active Power User of WB-1 with no dossier\n"
                    "1. A lets B open 1001\n"
                    "=> they gained 1001 of WB-1"
                ),
            ),
        ],
        ids=[
            "inactive actors",
            "other licences",
            "Users",
            "dossiers",
            "levels",
            "only after",
            "only before",
            "two actors",
        ],
    )
    def test_a_hole(self, hole: Rules, script: str) -> None:
        """
        The script says who starts as what, and what they do.
        """
        assert script == str(find_escalation(hole))

    def test_the_assertion_shows_the_script(self) -> None:
        """
        Whoever changed a rule reads how it is got around.
        """
        with pytest.raises(
            AssertionError, match=r"1\. A makes C, an active User of WB-2"
        ):
            assert_no_escalation(without(ForeignLicence))
