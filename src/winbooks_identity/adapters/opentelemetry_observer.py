"""
How does what happens become a metric of OpenTelemetry?
"""

from typing import Final, final

from opentelemetry.metrics import Meter, get_meter
from opentelemetry.util.types import AttributeValue

from ..observing import Observation


__all__ = ["OpenTelemetryObserver"]

#: Fields with few values: others would make a time series of each user and mail.
_COUNTED_BY: Final = ("door", "reason")


@final
class OpenTelemetryObserver:
    """
    An `Observer` that counts what happens, from the extra ``[opentelemetry]``.

    The counter ``winbooks_identity.occurrences`` has the attributes ``what``, and
    ``door`` and ``reason`` where they are known; a user or a licence is in none.

    Args:
        meter: where the counter is made; the global one by default.
    """

    def __init__(self, meter: Meter | None = None) -> None:
        self._counter = (meter or get_meter("winbooks_identity")).create_counter(
            "winbooks_identity.occurrences",
            unit="{occurrence}",
            description="What happened to users, sign-ins and mails.",
        )

    def observe(self, observation: Observation) -> None:
        """
        Count *observation*.
        """
        fields = observation.fields
        attributes: dict[str, AttributeValue] = {"what": observation.what}
        for name in _COUNTED_BY:
            if name in fields:
                attributes[name] = fields[name]
        self._counter.add(1, attributes)
