"""
How does a problem survive a file, so that a plan can be mailed and read again?
"""

from collections.abc import Mapping
from typing import Self, final

import attrs

from .. import texts
from ..problems import Remark


__all__ = ["Reason"]


@final
@attrs.frozen
class Reason:
    """
    A `Problem` or `Notice` by its code and parameters, and the field it is about.

    `field` is empty where it is about the whole record.
    """

    code: str
    params: tuple[tuple[str, str | int], ...] = ()
    field: str = ""

    @classmethod
    def of(cls, remark: Remark, field: str = "") -> Self:
        """
        Return what *remark* says about *field*.
        """
        return cls(remark.code, tuple(remark.params.items()), field)

    @classmethod
    def of_each(cls, by_field: Mapping[str, tuple[Remark, ...]]) -> tuple[Self, ...]:
        """
        Return what every remark in *by_field* says, in their order.
        """
        return tuple(
            cls.of(remark, field)
            for field, remarks in by_field.items()
            for remark in remarks
        )

    def message(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> str:
        """
        Return the sentence in the language of *locale*, or *translator*'s.

        Raises:
            KeyError: no language has a sentence for the code.
        """
        return texts.text(self.code, locale, dict(self.params), translator=translator)
