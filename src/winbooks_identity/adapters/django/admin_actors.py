"""
As whom does a person act in Django's admin, and in which licences?
"""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from ... import authorization
from ...authorization import Actor, Distributor
from ...licence import Licence
from ...portal_user import PortalUser
from ...refusals import UnknownUser
from .authentication import signed_in
from .wiring import portal


__all__ = ["actor_in", "find", "licences", "people"]


def licences(request: HttpRequest) -> Sequence[Licence]:
    """
    Return the licences in which the person at the keyboard may look.

    A user of the Portal looks in their own.  An account of the project acts as the
    distributor, in all of them.
    """
    user = signed_in(request)
    if user is not None:
        return [portal().provisioning.licence(by=user)]
    found = portal().storage.read(
        lambda unit: [*map(unit.licences.find, unit.licences.numbers())]
    )
    return [licence for licence in found if licence is not None]


def actor_in(request: HttpRequest, licence: str) -> Actor:
    """
    Return as whom the person at the keyboard acts in the licence with that number.

    Raises:
        PermissionDenied: they are a user of another licence.
    """
    user = signed_in(request)
    if user is None:
        return Distributor(licence, operator=request.user.get_username())
    if user.licence != licence:
        raise PermissionDenied
    return user


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
