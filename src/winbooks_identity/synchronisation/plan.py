"""
What is a plan, and how does it read as a table?
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, final

import attrs

from .. import texts
from ..dossier import LicenceNumber
from ..winbooks_id import WinBooksId
from .changes import Action, Change, FieldChange
from .reason import Reason


__all__ = ["Finding", "Plan", "Row"]


#: What is said of a whole record.
_IN_ROW: Final = "synchronisation.in_row"

#: The fields whose values are words.
_SAID: Final = frozenset({"is_active", "notify_all_dossiers", "status"})


@final
@attrs.frozen(kw_only=True)
class Finding:
    """
    A person to whom nothing is done, or less than was asked, and why.

    `place` is that of a bad record in its source.
    """

    external_id: str | None
    winbooks_id: WinBooksId | None
    reasons: tuple[Reason, ...]
    place: int | None = None

    def sentences(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> Iterator[str]:
        """
        Yield each reason in words, with the row and the column that it is about.
        """
        for reason in self.reasons:
            sentence = reason.message(locale, translator=translator)
            if self.place is None:
                yield sentence
                continue
            code = "synchronisation.in_column" if reason.field else _IN_ROW
            yield texts.text(
                code,
                locale,
                {"row": self.place, "column": reason.field, "sentence": sentence},
                translator=translator,
            )


class Row(NamedTuple):
    """
    One line of a plan's table, in the reader's language.
    """

    action: str
    external_id: str
    winbooks_id: str
    detail: str


@final
@attrs.frozen(kw_only=True)
class Plan:
    """
    What a synchronisation of one licence would do, for people to look at first.

    It carries the versions of the users it saw, so it can be carried out later:
    or refused, when one of them was saved since.  [R67, R69, Q17]

    Args:
        licence: the licence's number.
        changes: what would be done.
        conflicts: the records that are not followed.
        kept: the users who would be deactivated, but stay active.
        remarks: the users who are followed but for a field that makes no sense.
        held: the users who would be reactivated, but stay inactive.
        unchanged: how many records ask for nothing.
        partial: why the snapshot is not complete, if it is not.
        quarantine: why the plan is to be looked at and not carried out.
    """

    licence: LicenceNumber
    changes: Sequence[Change]
    conflicts: Sequence[Finding] = ()
    kept: Sequence[Finding] = ()
    remarks: Sequence[Finding] = ()
    held: Sequence[Finding] = ()
    unchanged: int = 0
    partial: Reason | None = None
    quarantine: Sequence[Reason] = ()

    @property
    def counts(self) -> Mapping[Action, int]:
        """
        Return how many users each action happens to.
        """
        counted = Counter(change.action for change in self.changes)
        return {action: counted[action] for action in Action}

    def rows(
        self, locale: str = "en", *, translator: texts.Translator | None = None
    ) -> Iterator[Row]:
        """
        Yield the plan as lines of a table, in the language of *locale*.

        Args:
            locale: the reader's.
            translator: a product's own words, asked first.
        """

        def said(code: str) -> str:
            return texts.text(f"synchronisation.{code}", locale, translator=translator)

        def shown(change: FieldChange) -> str:
            values = [change.before, change.after] if change.before else [change.after]
            if change.field in _SAID:
                values = [said(value) for value in values]
            return f"{said(f'field.{change.field}')}: {' → '.join(values)}"

        for change in self.changes:
            yield Row(
                said(change.action.value),
                change.after.external_id or "",
                str(change.winbooks_id),
                "; ".join(shown(each) for each in change.fields),
            )
        for heading, findings in (
            ("conflict", self.conflicts),
            ("keep", self.kept),
            ("remark", self.remarks),
            ("hold", self.held),
        ):
            for finding in findings:
                yield Row(
                    said(heading),
                    finding.external_id or f"#{finding.place}",
                    "" if finding.winbooks_id is None else str(finding.winbooks_id),
                    " ".join(finding.sentences(locale, translator=translator)),
                )
