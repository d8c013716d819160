"""
Which steps can be taken for a user, and what stands in the way of the others?
"""

from collections.abc import Mapping
from typing import final

import attrs
from rich.console import RenderableType
from rich.text import Text

from ...authorization import Actor
from ...life_cycle import Step
from ...portal import Portal
from ...portal_user import PortalUser
from ...possible_steps import StepAnswer
from ..answer import in_json
from ..narrow import below
from ..screen import Screen


__all__ = ["StepsFound"]


@final
@attrs.frozen
class StepsFound:
    """
    What is said of each step, by the reader, for a user.
    """

    answers: Mapping[Step, StepAnswer]
    screen: Screen

    @classmethod
    def of(
        cls, portal: Portal, user: PortalUser, *, by: Actor, screen: Screen
    ) -> "StepsFound":
        """
        Ask what *by* can do for *user*.

        Raises:
            OutOfDate: the user was saved meanwhile.
            StorageBusy: call again.
        """
        return cls(portal.administration.steps(user, by=by), screen)

    def in_json(self) -> list[dict[str, object]]:
        """
        Return the answers as JSON: with the choices that are left, and the reasons.
        """
        return [
            {
                "step": step.value,
                "is_possible": answer.is_possible,
                "choices": None if answer.choices is None else [*answer.choices],
                "reasons": [in_json(each, self.screen) for each in answer.reasons],
            }
            for step, answer in self.answers.items()
        ]

    def in_words(self) -> RenderableType:
        """
        Return the steps that are possible, and then the others, each with its reason.
        """
        possible = [step for step, each in self.answers.items() if each.is_possible]
        refused = [step for step in self.answers if step not in possible]
        return below(
            Text(self.screen.text("cli.user.steps")),
            *(Text(f"+ {self._label(step)}", "green") for step in possible),
            *(Text(f"- {self._why_not(step)}", "red") for step in refused),
        )

    def _label(self, step: Step) -> str:
        return step.label(self.screen.language, translator=self.screen.translator)

    def _why_not(self, step: Step) -> str:
        reasons = map(self.screen.message, self.answers[step].reasons)
        return self.screen.labelled(self._label(step), " ".join(reasons))
