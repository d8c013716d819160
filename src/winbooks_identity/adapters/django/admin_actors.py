"""
As whom does a person act in Django's admin, and in which licences?
"""

from collections.abc import Sequence
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from ... import authorization
from ...authorization import Actor, Distributor
from ...licence import Licence
from ...portal_user import PortalUser
from ...refusals import UnknownUser
from .authentication import is_linked, signed_in
from .wiring import portal


__all__ = ["actor_in", "find", "licences", "people"]


def licences(request: HttpRequest) -> Sequence[Licence]:
    """
    Return the licences in which the person at the keyboard may look.

    A user of the Portal looks in their own.  An account of the project acts as the
    distributor, in all of them.

    Raises:
        PermissionDenied: a user of the Portal signed in past the Portal.
    """
    user = signed_in(request)
    if user is not None:
        return [portal().provisioning.licence(by=user)]
    _ensure_operator(request)
    found = portal().storage.read(
        lambda unit: [*map(unit.licences.find, unit.licences.numbers())]
    )
    return [licence for licence in found if licence is not None]


def actor_in(request: HttpRequest, licence: str) -> Actor:
    """
    Return as whom the person at the keyboard acts in the licence with that number.

    Raises:
        PermissionDenied: they are a user of another licence, or of the Portal and
            signed in past it.
    """
    user = signed_in(request)
    if user is None:
        _ensure_operator(request)
        return Distributor(licence, operator=request.user.get_username())
    if user.licence != licence:
        raise PermissionDenied
    return user


def _ensure_operator(request: HttpRequest) -> None:
    """
    Raise unless the account is one of the project, and no user's of the Portal.

    A user of the Portal has their own rights there, also when another back end, such
    as one with a password of Django's, let them in.
    """
    account = request.user
    if not isinstance(account, AbstractBaseUser) or is_linked(account):
        raise PermissionDenied


def people(actor: Actor) -> Sequence[PortalUser]:
    """
    Return the users whom *actor* manages, by their WinBooks IDs.  [S2]
    """
    every = portal().provisioning.users(by=actor)
    managed = (user for user in every if authorization.reads_personal_data(actor, user))
    return sorted(managed, key=lambda user: user.winbooks_id)


def find(request: HttpRequest, user_id: UUID) -> tuple[Actor, PortalUser]:
    """
    Return the user with that internal key, and as whom they are looked at.  [S2]

    Raises:
        Http404: there is none whom the person at the keyboard manages.
        PermissionDenied: they are a user of another licence.
    """
    known = portal().storage.read(lambda unit: unit.users.find(user_id))
    if known is None:
        raise Http404
    actor = actor_in(request, known.licence)
    try:
        user = portal().provisioning.find(known.winbooks_id, by=actor)
    except UnknownUser:
        raise Http404 from None
    if not authorization.reads_personal_data(actor, user):
        raise Http404
    return actor, user
