"""
How much may a command change of those who are stored?
"""

from typing import Annotated, final

import attrs
from cyclopts import Parameter

from ..synchronisation import Limits, Options
from .usage import WrongUsage


__all__ = ["Changing", "limits_of"]


@final
@Parameter(name="*")
@attrs.frozen(kw_only=True)
class Changing:
    """
    What an office file may change of what is stored.
    """

    apply_changes: Annotated[
        bool, Parameter(negative="", help="cli.option.apply_changes")
    ] = False
    deactivate: Annotated[
        bool, Parameter(negative="", help="cli.option.deactivate_absent")
    ] = False
    reactivate: Annotated[
        bool, Parameter(negative="", help="cli.option.reactivate_unsaid")
    ] = False
    at_most: Annotated[int | None, Parameter(help="cli.option.at_most")] = None

    @property
    def options(self) -> Options:
        """
        Return what is asked of the plan.

        Raises:
            WrongUsage: nothing is to be changed, or the limit is none.
        """
        asks = self.deactivate or self.reactivate or self.at_most is not None
        if asks and not self.apply_changes:
            raise WrongUsage("cli.usage.apply_changes")
        return Options(
            deactivate=self.deactivate,
            reactivate=self.reactivate,
            limits=limits_of(self.at_most),
        )


def limits_of(at_most: int | None) -> Limits:
    """
    Return the limits of a plan that changes *at_most* so many users in one way.

    Raises:
        WrongUsage: the number is negative.
    """
    if at_most is None:
        return Limits()
    if at_most < 0:
        raise WrongUsage("cli.usage.wrong")
    return Limits(floor=at_most, percentage=0, count=at_most)
