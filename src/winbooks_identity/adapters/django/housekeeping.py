"""
How does what is old enough go, in a database of a Django project?
"""

from datetime import datetime
from typing import Any, final

import attrs
from django.db.models import Exists, OuterRef, QuerySet

from ...retention import Kept
from . import models
from .transactions import Transaction


__all__ = ["Housekeeping"]


@final
@attrs.frozen
class Housekeeping:
    """
    What has been kept for long enough.
    """

    _unit: Transaction

    def count(self, kept: Kept, before: datetime) -> int:
        return self._old(kept, before).count()

    def forget(self, kept: Kept, before: datetime, *, limit: int) -> int:
        old = self._old(kept, before)
        chosen = list(old.values_list("pk", flat=True)[:limit])
        # The condition once more: a row may have changed since it was chosen.
        return old.filter(pk__in=chosen).delete()[0] if chosen else 0

    def _old(self, kept: Kept, before: datetime) -> QuerySet[Any]:
        rows = self._unit.rows
        match kept:
            case Kept.FAILED_ATTEMPTS:
                return rows(models.FailedAttempt).filter(at__lt=before)
            case Kept.MAILS:
                # One that waits has no such instant.
                return rows(models.OutboxMail).filter(done_at__lt=before)
            case Kept.REQUESTS:
                first = rows(models.Event).filter(
                    user_id=OuterRef("user_id"), version=1, at__lt=before
                )
                return rows(models.Request).filter(Exists(first))
            case _:  # The history.
                later = rows(models.Event).filter(
                    user_id=OuterRef("user_id"), version__gt=OuterRef("version")
                )
                owner = rows(models.User).filter(id=OuterRef("user_id"))
                old = rows(models.Event).filter(at__lt=before)
                return old.filter(Exists(later) | ~Exists(owner))
