"""
What does a provisioning file ask for?
"""

from typing import Self, final

import attrs

from ...dossier import Dossier
from ...licence import Licence
from ...passwords import PasswordJudge, PasswordPolicy
from ...passwords.breached import BreachedPasswords
from ...passwords.strength import StrengthEstimator
from ...phone import PhoneNumber, PhoneParser
from .problems import InvalidFile
from .reading import Person, Reader


__all__ = ["Office"]


@final
@attrs.frozen(kw_only=True)
class Office:
    """
    What a provisioning file asks for: a licence, its dossiers and its users.
    """

    licence: Licence
    dossiers: tuple[Dossier, ...]
    people: tuple[Person, ...]

    @classmethod
    def parse(
        cls,
        text: str,
        *,
        policy: PasswordPolicy | None = None,
        breached: BreachedPasswords | None = None,
        estimator: StrengthEstimator | None = None,
        phone: PhoneParser = PhoneNumber.parse,
    ) -> Self:
        """
        Return what the provisioning file with this *text* asks for.

        Args:
            text: the content of the file.
            policy: what typed passwords keep to; the Portal's by default.
            breached: where leaked passwords are looked up; without it, the
                look-up counts as failed.
            estimator: who scores the strength; zxcvbn by default.
            phone: reads a phone number; international notation by default.

        Raises:
            InvalidFile: with every problem of every line.
        """
        reader = Reader(text)
        reader.refuse_unknown_tables()
        licence = reader.read_licence()
        dossiers = tuple(reader.read_dossiers())
        judge = PasswordJudge(
            policy=policy or PasswordPolicy(), breached=breached, estimator=estimator
        )
        people = tuple(reader.read_people(licence, dossiers, judge, phone))
        if reader.findings:
            raise InvalidFile(
                tuple(sorted(reader.findings, key=lambda each: each.line))
            )
        return cls(licence=licence, dossiers=dossiers, people=people)
