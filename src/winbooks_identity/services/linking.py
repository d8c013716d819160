"""
How is a product linked to a WinBooks ID, and who sees that the link is stale?
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import cast, final

import attrs

from .. import authorization, product_links, system
from ..authorization import Actor, ensure_actor
from ..errors import Invalid
from ..events import Change
from ..life_cycle import Step
from ..portal_user import PortalUser
from ..ports import Storage, UnitOfWork
from ..problems import Notice
from ..product_links import LinkedProduct, ProductLink
from ..refusals import NotAuthorised, UnknownUser
from ..winbooks_id import WinBooksId
from . import step
from .admission import as_stored, authorise, licence_of


__all__ = ["KnownLink", "LinkingService"]


@final
@attrs.frozen(kw_only=True)
class KnownLink:
    """
    A link, and what is worth a warning about it.
    """

    link: ProductLink
    notices: tuple[Notice, ...]


@final
class LinkingService:
    """
    Links the other products to WinBooks IDs.

    A user links their own ID; who manages them may too.

    Args:
        storage: where everything is kept.
        clock: tells the present, in UTC.
    """

    def __init__(
        self, storage: Storage, *, clock: Callable[[], datetime] = system.now
    ) -> None:
        self._storage = storage
        self._clock = clock

    def link(
        self,
        product: LinkedProduct,
        winbooks_id: WinBooksId,
        *,
        by: Actor,
        windows_user: str | None = None,
    ) -> ProductLink:
        """
        Let *product* use *winbooks_id*, in place of what it used.  [R7, R8, R9]

        Args:
            product: where the ID was entered.
            winbooks_id: an existing one.
            by: who entered it.
            windows_user: whose login in Classic it is; Classic only.

        Raises:
            Invalid: Classic is linked without a Windows user, or another
                product with one.
            UnknownUser: there is no such ID that *by* may see.
            NotAuthorised: *by* neither is that user nor manages them; or an end
                customer links Classic; or the place is that of a higher level.
            OutOfDate: the user was saved meanwhile; call again.
            StorageBusy, OutcomeUnknown: the storage failed; call again.
        """
        ensure_actor(by)
        if problems := product_links.check_windows_user(product, windows_user):
            raise Invalid(problems)
        now = self._clock()

        def work(unit: UnitOfWork) -> ProductLink:
            user = _ensure_may(unit, unit.users.find_by_winbooks_id(winbooks_id), by)
            if product is LinkedProduct.CLASSIC:
                _ensure_of_office(as_stored(unit, by))
            link = ProductLink(
                product=product,
                licence=user.licence,
                windows_user=windows_user,
                user_id=user.id,
                winbooks_id=user.winbooks_id,
                linked_at=now,
            )
            earlier = unit.product_links.find(link.licence, product, link.place)
            if earlier is not None and earlier.user_id != user.id:
                _take_over(unit, earlier, by=by, at=now)
                earlier = None
            _record(unit, user, earlier, link, by=by, at=now)
            unit.product_links.put(link)
            return link

        return self._storage.run(work)

    def unlink(self, link: ProductLink, *, by: Actor) -> None:
        """
        Empty the place of *link*; nothing happens if it holds another by now.

        Raises:
            UnknownUser: the user of *link* is not there for *by* to see.
            NotAuthorised: *by* neither is that user nor manages them.
            OutOfDate: the user was saved meanwhile; call again.
            StorageBusy, OutcomeUnknown: the storage failed; call again.
        """
        ensure_actor(by)
        now = self._clock()

        def work(unit: UnitOfWork) -> None:
            user = _ensure_may(unit, unit.users.find(link.user_id), by)
            if unit.product_links.find(link.licence, link.product, link.place) == link:
                unit.product_links.remove(link)
                _record(unit, user, link, None, by=by, at=now)

        self._storage.run(work)

    def links(self, user: PortalUser, *, by: Actor) -> Sequence[KnownLink]:
        """
        Return where the ID of *user* was entered, stale or not.  [R7, Q14]

        It is for the person and for those who manage them.  [S2]

        Raises:
            UnknownUser: there is no such user, or not for *by*.
            StorageBusy: the storage failed; call again.
        """
        ensure_actor(by)

        def read(unit: UnitOfWork) -> Sequence[KnownLink]:
            stored = step.personal(unit, user.id, by)
            return [
                KnownLink(link=link, notices=product_links.status(link, stored))
                for link in unit.product_links.of_user(stored.id)
            ]

        return self._storage.read(read)

    def windows_user(self, name: str, *, by: Actor) -> tuple[Notice, ...]:
        """
        Return what is worth a warning about a Windows user of Classic.  [R10]

        Nothing is, if they have a WinBooks ID and it is not stale.  End customers
        learn nothing about the office's Windows users.  [S2]

        Raises:
            NotAuthorised: *by* is an end customer, or cannot sign in.
            UnknownLicence: the licence of *by* is not registered.
            UnknownUser: *by* is no longer there.
            StorageBusy: the storage failed; call again.
        """
        ensure_actor(by)

        def read(unit: UnitOfWork) -> tuple[Notice, ...]:
            if problems := authorization.check_counting(as_stored(unit, by)):
                raise NotAuthorised(problems)
            link = unit.product_links.find(
                licence_of(unit, by).number, LinkedProduct.CLASSIC, name.casefold()
            )
            user = None if link is None else unit.users.find(link.user_id)
            return product_links.status(link, user)

        return self._storage.read(read)


def _ensure_may(unit: UnitOfWork, user: PortalUser | None, by: Actor) -> PortalUser:
    """
    Return *user* if *by* is them or manages them.
    """
    actor = as_stored(unit, by)
    if user is None or not authorization.sees(actor, user):
        raise UnknownUser
    if actor != user:
        authorise(unit, by, before=user, after=user)
    return user


def _ensure_of_office(actor: Actor) -> None:
    """
    Raise unless *actor* may use the Windows users of the office.  [S2]

    Raises:
        NotAuthorised: they are an end customer.
    """
    if isinstance(actor, PortalUser) and not actor.is_staff:
        raise NotAuthorised((authorization.ManagesNobody(),))


def _take_over(
    unit: UnitOfWork, earlier: ProductLink, *, by: Actor, at: datetime
) -> None:
    """
    Tell the history of the user of *earlier* that their place is taken.

    A place of the office's is taken by its staff only, and not from a person of
    a higher level.  [S2]

    Raises:
        NotAuthorised: *by* may not take it.
    """
    # A link goes with its user, so there is one.
    owner = cast("PortalUser", unit.users.find(earlier.user_id))
    actor = as_stored(unit, by)
    if isinstance(actor, PortalUser) and owner.level > actor.level:
        raise NotAuthorised((authorization.LevelAboveOwn(),))
    _record(unit, owner, earlier, None, by=by, at=at)


def _record(
    unit: UnitOfWork,
    user: PortalUser,
    before: ProductLink | None,
    after: ProductLink | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    step.record(
        unit,
        Step.UNLINK_PRODUCT if after is None else Step.LINK_PRODUCT,
        user,
        user,
        by=by,
        at=at,
        changes=(Change("product_link", _told(before), _told(after)),),
    )


def _told(link: ProductLink | None) -> str | None:
    if link is None:
        return None
    user = "" if link.windows_user is None else f" ({link.windows_user})"
    return f"{link.product.value}{user}: {link.winbooks_id.address}"
