"""
What does a new password policy mean for the users who are there?
"""

from collections.abc import Iterable, Mapping

from .. import authorization
from ..authorization import Actor, WinBooksAdministration, ensure_actor
from ..passwords import PasswordPolicy
from ..passwords.impact import Impact, Stamp
from ..ports import Storage, UnitOfWork
from ..refusals import NotAuthorised
from .admission import as_stored, licence_of


__all__ = ["impact"]


def impact(
    storage: Storage,
    new: PasswordPolicy,
    *,
    known: Iterable[PasswordPolicy],
    by: Actor,
) -> Impact:
    """
    Return how many stored passwords are safe under *new*, licence by licence.

    WinBooks administration is answered for all licences, everybody else for the
    one that they stand in.  No password is needed for it: each is stored with
    the fingerprint of the policy that accepted it.  [R19, R28]

    Args:
        storage: where everything is kept.
        new: the policy to come.
        known: the policies that may have accepted the passwords; *new* itself
            is known. A password that another one accepted counts as unknown.
        by: who asks.

    Raises:
        NotAuthorised: *by* may not see all users of their licence.
        UnknownLicence: their licence is not registered.
        UnknownUser: they are no longer there.
        StorageBusy: the storage failed; call again.
    """
    ensure_actor(by)

    def read(unit: UnitOfWork) -> Mapping[Stamp, int]:
        actor = as_stored(unit, by)
        if problems := authorization.check_counting(actor):
            raise NotAuthorised(problems)
        if isinstance(actor, WinBooksAdministration):
            return unit.credentials.stamps()
        return unit.credentials.stamps(licence_of(unit, actor).number)

    return new.impact(storage.read(read), (*known, new))
