"""
How does what happens get into the log?
"""

import logging
from typing import Final, final

from ..observing import Observation


__all__ = ["LogObserver"]

#: What a person should look at, by its beginning; the rest is for the record.
_WARNINGS: Final = ("attempt.", "mail.buried", "mail.postponed")


@final
class LogObserver:
    """
    An `Observer` that writes to the logger ``winbooks_identity``.

    A message is what happened and its fields, such as ``mail.buried
    reason=mail.expired``; a formatter that writes fields finds them as ``what`` and
    ``fields`` of the record.  Attempts, and mails that wait or were given up, are
    warnings; the rest has the level INFO.

    Args:
        logger: another logger.
    """

    def __init__(self, logger: logging.Logger | None = None) -> None:
        self._logger = logger or logging.getLogger("winbooks_identity")

    def observe(self, observation: Observation) -> None:
        """
        Write *observation*.
        """
        is_warning = observation.what.startswith(_WARNINGS)
        fields = observation.fields
        shown = " ".join((observation.what, *(f"{k}={v}" for k, v in fields.items())))
        self._logger.log(
            logging.WARNING if is_warning else logging.INFO,
            "%s",
            shown,
            extra={"what": observation.what, "fields": fields},
        )
