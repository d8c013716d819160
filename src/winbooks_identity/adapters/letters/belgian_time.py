"""
What does the clock on the reader's wall say?
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from winbooks_identity import texts


__all__ = ["belgian_time", "in_words"]


def belgian_time(instant: datetime) -> datetime:
    """
    Return *instant* as Belgium's clocks show it (IANA time zone database).

    Machines without time zones of their own, such as Windows, use those of the
    package ``tzdata``.
    """
    return instant.astimezone(ZoneInfo("Europe/Brussels"))


def in_words(
    instant: datetime, language: str, translator: texts.Translator | None = None
) -> str:
    """
    Return *instant* in Belgian time with the names of day and month, to the minute.
    """
    local = belgian_time(instant)
    months = texts.text("letter.months", language, translator=translator).split()
    weekdays = texts.text("letter.weekdays", language, translator=translator).split()
    return texts.text(
        "letter.instant",
        language,
        {
            "weekday": weekdays[local.weekday()],
            "day": local.day,
            "month": months[local.month - 1],
            "year": local.year,
            "hour": f"{local.hour:02}",
            "minute": f"{local.minute:02}",
        },
        translator=translator,
    )
