"""
From when does a policy ask what of whom?

Dates only: which day it is, the caller says.  A day begins at midnight UTC.
"""

from collections.abc import Iterator
from datetime import date, datetime
from enum import IntEnum
from itertools import pairwise
from typing import ClassVar, Final, final

import attrs

from .. import texts
from ..errors import Invalid
from ..problems import Problem
from .rules import Rules


__all__ = [
    "DATES",
    "PasswordNotice",
    "PasswordOutgrown",
    "PasswordRefusedNow",
    "Rollout",
    "RolloutInARollout",
    "RolloutOrder",
    "RolloutStage",
]


@final
class RolloutStage(IntEnum):
    """
    How far a rollout is; each stage keeps what the one before it asks.
    """

    #: The policy before is asked of new passwords.
    WAITING = 0
    #: New passwords meet the policy.
    ASKED = 1
    #: Who signs in with a stored password that breaks it is told.
    NOTICE = 2
    #: A stored password that breaks it has to be changed at the next sign-in.
    CHANGE = 3
    #: A stored password that breaks it opens nothing, not even its change.
    REFUSAL = 4


#: The fields of a rollout that are dates, in the order of their stages.
DATES: Final = tuple(stage.name.lower() for stage in RolloutStage if stage)


@attrs.frozen
class RolloutOrder(Problem):
    """
    The dates of a rollout follow each other; two may be the same.
    """

    code: ClassVar[str] = "password_policy.rollout_order"

    earlier: str
    later: str


@attrs.frozen
class RolloutInARollout(Problem):
    """
    The policy before a rollout is in force as a whole.
    """

    code: ClassVar[str] = "password_policy.rollout_in_a_rollout"


@attrs.frozen
class PasswordNotice(Problem):
    """
    A password that breaks the policy of today signs in still, until a day.

    `until` is that day in the form of ISO 8601, or empty where none is planned.
    """

    code: ClassVar[str] = "sign_in.password_notice"

    until: str

    def message(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return the sentence in the language of *locale*, with the day if there is one.
        """
        code = self.code if self.until else f"{self.code}_undated"
        months = texts.text("letter.months", locale, translator=translator).split()
        day = ""
        if self.until:
            found = date.fromisoformat(self.until)
            day = f"{found.day} {months[found.month - 1]} {found.year}"
        return texts.text(code, locale, {"until": day}, translator=translator)


@attrs.frozen
class PasswordOutgrown(Problem):
    """
    A password that breaks the policy of today is changed before the next sign-in.

    [S44]
    """

    code: ClassVar[str] = "sign_in.password_outgrown"


@attrs.frozen
class PasswordRefusedNow(Problem):
    """
    A password that breaks the policy of today signs no one in.  [S44]
    """

    code: ClassVar[str] = "sign_in.password_refused"


@final
@attrs.frozen(kw_only=True)
class Rollout:
    """
    The days from which a policy asks more and more; a step back is a later day, or none.

    [S44]

    >>> from datetime import date
    >>> rollout = Rollout(asked=date(2027, 1, 4), notice=date(2027, 2, 1))
    >>> rollout.stage_on(date(2027, 1, 31)).name
    'ASKED'

    Args:
        asked: from when new passwords meet it; `None` is from the beginning.
        notice: from when people are told that their stored password breaks it.
        change: from when such a password has to be changed at the next sign-in.
        refusal: from when such a password signs no one in any more.
        before: the `PasswordPolicy` that new passwords meet until *asked*; the Portal's
            by default.

    Raises:
        Invalid: the days are not in this order.
        TypeError: a day is no `date`; a `datetime` is none here.
    """

    asked: date | None = None
    notice: date | None = None
    change: date | None = None
    refusal: date | None = None
    before: Rules | None = None

    def __attrs_post_init__(self) -> None:
        for name in DATES:
            day = getattr(self, name)
            if day is not None and (
                not isinstance(day, date) or isinstance(day, datetime)
            ):
                raise TypeError(f"{name} is a date, without a time")
        if problems := tuple(self._problems()):
            raise Invalid(problems)

    @property
    def days(self) -> dict[RolloutStage, date]:
        """
        Return the days that are planned, by the stage that begins.
        """
        planned = (
            (stage, getattr(self, stage.name.lower(), None)) for stage in RolloutStage
        )
        return {stage: day for stage, day in planned if day is not None}

    def stage_on(self, day: date) -> RolloutStage:
        """
        Return how far the rollout is on *day*.
        """
        begun = [stage for stage, first in self.days.items() if first <= day]
        at_least = RolloutStage.WAITING if self.asked else RolloutStage.ASKED
        return max(begun, default=at_least)

    def next_after(self, day: date) -> tuple[RolloutStage, date] | None:
        """
        Return which stage comes behind *day*, and when, if one is planned.
        """
        coming = [(stage, first) for stage, first in self.days.items() if first > day]
        return min(coming, key=lambda each: (each[1], -each[0]), default=None)

    def notice_on(self, day: date) -> PasswordNotice:
        """
        Return what people are told on *day* whose password breaks the policy.
        """
        coming = self.next_after(day)
        return PasswordNotice("" if coming is None else coming[1].isoformat())

    def _problems(self) -> Iterator[Problem]:
        for (one, first), (other, second) in pairwise(self.days.items()):
            if first > second:
                yield RolloutOrder(one.name.lower(), other.name.lower())
