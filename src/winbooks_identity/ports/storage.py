"""
Where is everything kept, with all or nothing?
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime
from typing import Final, Protocol, TypeVar, final
from uuid import UUID

import attrs

from ..attempts import FailedAttempt
from ..credential import Credential
from ..dossier import Dossier, DossierNumber, LicenceNumber
from ..events import Event
from ..licence import Licence
from ..mail.link_request import LinkRequest
from ..mail.outbox import MailKind, OutboxEntry, OutboxMail
from ..passwords.impact import Stamp
from ..portal_user import PortalUser
from ..product_links import LinkedProduct, ProductLink
from ..winbooks_id import WinBooksId


__all__ = [
    "PAGE_SIZE",
    "Credentials",
    "FailedAttempts",
    "History",
    "LeftIds",
    "Licences",
    "LinkRequests",
    "Outbox",
    "ProductLinks",
    "Request",
    "Requests",
    "Storage",
    "UnitOfWork",
    "Users",
]

T = TypeVar("T")

#: How many rows are read in one transaction: our choice, so that none takes long.
PAGE_SIZE: Final = 500


class Licences(Protocol):
    """
    The licences and their dossiers, inside a unit of work.
    """

    def register(self, licence: Licence, dossiers: Sequence[Dossier]) -> bool:
        """
        Register *licence* and *dossiers*; what is there already stays.

        Returns whether anything was new.

        Raises:
            LicenceDiffers: the licence or a dossier is registered with other
                data; nothing was changed.
        """
        ...

    def save(self, licence: Licence, dossiers: Sequence[Dossier]) -> None:
        """
        Store *licence* and *dossiers* in place of those with their numbers.  [S41]

        Dossiers that are not named stay as they are.

        Raises:
            UnknownLicence: there is none with that number.
            UnknownDossiers: the licence has none with such a number; nothing was
                changed.
        """
        ...

    def find(self, number: LicenceNumber) -> Licence | None:
        """
        Return the licence with that number.
        """
        ...

    def numbers(self) -> Sequence[LicenceNumber]:
        """
        Return the numbers of all licences, in code point order.
        """
        ...

    def dossiers(self, number: LicenceNumber) -> Sequence[Dossier]:
        """
        Return the dossiers of the licence with that number, by their numbers.
        """
        ...

    def unknown(
        self, number: LicenceNumber, dossiers: AbstractSet[DossierNumber]
    ) -> AbstractSet[DossierNumber]:
        """
        Return which of *dossiers* are not in the licence with that number.
        """
        ...


class Users(Protocol):
    """
    The users, inside a unit of work.
    """

    def add(self, user: PortalUser) -> None:
        """
        Add a user of a registered licence, whose version is 1.

        Raises:
            DuplicateWinBooksId: the key of their ID has an owner, in whatever
                licence, or is held back; the unit of work stays usable.  [R2, R3]
        """
        ...

    def add_all(self, users: Sequence[PortalUser]) -> Sequence[PortalUser]:
        """
        Add those users, all of version 1, whose IDs `add` would give them.

        Returns the others, in their order.  Of two with one ID the first is
        added.  [R2, R3]
        """
        ...

    def taken(
        self, winbooks_ids: AbstractSet[WinBooksId], *, now: datetime
    ) -> AbstractSet[WinBooksId]:
        """
        Return which of *winbooks_ids* have an owner, in whatever licence.

        One that is held back has none, nor has one whose reservation has ended.
        One may be taken or left at any time; `add` has the last word.
        """
        ...

    def save(self, user: PortalUser) -> PortalUser:
        """
        Replace a user if their version is still the stored one.

        Returns them as stored: with the next version.  They own the key of their ID
        and, while they have an `id_change`, the key of that ID too, unless
        `LeftIds.release` ended that reservation.

        Raises:
            OutOfDate: another save came first, or the user is not there.
            DuplicateWinBooksId: the key of their new ID has another owner, or another
                user left it and it is held back; the unit of work stays usable.
        """
        ...

    def save_all(self, users: Sequence[PortalUser]) -> Sequence[PortalUser]:
        """
        Save those of *users*, all different people, whom `save` would save.

        Returns them as stored, in their order; to save another by themselves tells
        why they are missing.  An ID that one of them leaves may still count as theirs
        for the others.
        """
        ...

    def remove(self, user: PortalUser) -> None:
        """
        Remove a user if their version is still the stored one.

        With them goes all that is kept of them: credential, product links, failed
        attempts, and their mails, those that wait included.  Of their requests the digests are
        emptied and the ids stay, so that none of them makes them anew.  Their keys
        are free until `LeftIds.put` holds them back.  Their history is left to
        `History.anonymise`.

        Raises:
            OutOfDate: another save came first, or the user is not there.
        """
        ...

    def lock(self, user_ids: AbstractSet[UUID]) -> None:
        """
        Let others who lock, save or remove those users wait for this unit of work.

        What is read of them afterwards is what the others left, and stays so
        until this unit of work ends.  A key without a user locks nothing.
        The actor is locked together with the user who is changed, so two who
        take each other's rights away cannot both succeed.
        """
        ...

    def has_other_administrator(self, user: PortalUser) -> bool:
        """
        Tell whether another user of their licence is an active Administrator.

        Of two units of work that ask for one licence, the second is answered
        when the first has ended, so both cannot rely on each other's user.
        """
        ...

    def find(self, user_id: UUID) -> PortalUser | None:
        """
        Return the user with that internal key.
        """
        ...

    def find_all(self, user_ids: AbstractSet[UUID]) -> Sequence[PortalUser]:
        """
        Return the users with those internal keys, as many as are there.
        """
        ...

    def find_by_winbooks_id(self, winbooks_id: WinBooksId) -> PortalUser | None:
        """
        Return the user with that ID, in whatever spelling.

        An ID that waits for its confirmation finds no one.
        """
        ...

    def of_licence(
        self, number: LicenceNumber, *, after: UUID | None = None, limit: int
    ) -> Sequence[PortalUser]:
        """
        Return up to *limit* users of a licence in the order of their internal keys.

        Args:
            number: the licence's number.
            after: start behind this key; at the first user by default.
            limit: how many at the most.
        """
        ...


class LeftIds(Protocol):
    """
    The WinBooks IDs that were left, inside a unit of work.  [S34]

    What holds an ID back, and when a reservation ends, is said by
    `winbooks_identity.left_ids`.
    """

    def put(self, winbooks_id: WinBooksId, *, of: UUID, at: datetime) -> None:
        """
        Hold back an ID without an owner: from now on only the user *of* can take it.

        Together with the save or the removal that leaves it, no other unit of work
        gets it in between.  A user who takes their own ID again ends that.
        """
        ...

    def held(
        self, winbooks_ids: AbstractSet[WinBooksId], *, left_before: datetime
    ) -> Mapping[WinBooksId, UUID]:
        """
        Return which of *winbooks_ids* are held back, and who left each.

        Args:
            winbooks_ids: the IDs that are asked for.
            left_before: one that was left then or earlier is free, unless a product
                link of the user who left it names it.
        """
        ...

    def release(
        self,
        winbooks_ids: AbstractSet[WinBooksId],
        *,
        left_before: datetime,
        now: datetime,
    ) -> None:
        """
        Let any user take those of *winbooks_ids* that are not held back any more.

        Those are the IDs that `held` does not return, and those that a user waits
        for by a link that has ended.
        """
        ...

    def forget(self, left_before: datetime) -> None:
        """
        Let go of every ID that was left then or earlier and that no link names.
        """
        ...


class Credentials(Protocol):
    """
    What sign-ins are checked against, inside a unit of work.
    """

    def put(self, credential: Credential) -> None:
        """
        Store the credential of a user who is there, in place of an earlier one.
        """
        ...

    def replace(self, earlier: Credential, credential: Credential) -> bool:
        """
        Store *credential* if the stored one has the hash of *earlier*.

        Returns whether it had.
        """
        ...

    def find(self, user_id: UUID) -> Credential | None:
        """
        Return the credential of that user.
        """
        ...

    def stamps(self, licence: LicenceNumber | None = None) -> Mapping[Stamp, int]:
        """
        Return how many passwords which policy accepted, in which licence.

        Args:
            licence: the number of the only licence to look at; all by default.
        """
        ...


@final
@attrs.frozen(kw_only=True)
class Request:
    """
    A creation that was asked for: repeating it returns the same user.

    `digest` tells two requests apart; no secret went into it.
    """

    id: UUID
    user_id: UUID
    digest: bytes


class Requests(Protocol):
    """
    The creations that were carried out, inside a unit of work.
    """

    def remember(self, request: Request) -> Request | None:
        """
        Store *request*, unless its id is known: then return what is known.

        Of two units of work with one id, one gets `None` and the other,
        once the first is committed, its request.  Its user need not be there:
        they come later in the unit of work, or has left.
        """
        ...


class Outbox(Protocol):
    """
    The mails that wait, seen from inside a unit of work.
    """

    def put(self, mail: OutboxMail) -> None:
        """
        Let *mail* wait from now on, if the unit of work is committed.

        Its user is there.
        """
        ...

    def withdraw(
        self, user_ids: AbstractSet[UUID], kinds: AbstractSet[MailKind], now: datetime
    ) -> None:
        """
        Withdraw the mails of these *kinds* to these users, and erase their content.

        Those that wait or are dead are meant; a relay that holds one of them finds
        its lease gone.
        """
        ...

    def of_user(self, user_id: UUID) -> Sequence[OutboxEntry]:
        """
        Return every mail to the user with that internal key, the latest first.
        """
        ...


class History(Protocol):
    """
    What happened to the users, inside a unit of work.
    """

    def add(self, event: Event) -> None:
        """
        Store *event*; its user has no other of that version, and may be gone.
        """
        ...

    def add_all(self, events: Iterable[Event]) -> None:
        """
        Store *events*, which are read once; no user has another of such a version.
        """
        ...

    def of_user(self, user_id: UUID) -> Sequence[Event]:
        """
        Return the events of that user by their versions, erased or not.
        """
        ...

    def anonymise(self, user_id: UUID) -> None:
        """
        Replace the events of that user by what `Event.anonymised` keeps of them.
        """
        ...


class ProductLinks(Protocol):
    """
    The WinBooks IDs that were entered in products, inside a unit of work.
    """

    def put(self, link: ProductLink) -> None:
        """
        Store *link*, in place of what its place in the product held.  [R9]

        Whether its user is there is not checked.
        """
        ...

    def find(
        self, licence: LicenceNumber, product: LinkedProduct, place: str
    ) -> ProductLink | None:
        """
        Return the link that this place of a product in a licence holds.
        """
        ...

    def of_user(self, user_id: UUID) -> Sequence[ProductLink]:
        """
        Return the links of that user by product and place.
        """
        ...

    def remove(self, link: ProductLink) -> None:
        """
        Empty the place of *link*.
        """
        ...


class FailedAttempts(Protocol):
    """
    The attempts that were not their owners', inside a unit of work.
    """

    def add(self, failed: FailedAttempt) -> None:
        """
        Store *failed*; its user need not be there.
        """
        ...

    def of_user(self, user_id: UUID) -> Sequence[FailedAttempt]:
        """
        Return those about the user with that internal key, the latest first.
        """
        ...

    def forget(self, before: datetime) -> None:
        """
        Remove all that are older than *before*, whomever they are about.
        """
        ...


class LinkRequests(Protocol):
    """
    The links to choose a password that were asked for, inside a unit of work.
    """

    def put(self, request: LinkRequest) -> None:
        """
        Let *request* wait from now on, if the unit of work is committed.
        """
        ...

    def waiting(
        self, *, after: LinkRequest | None, limit: int
    ) -> Sequence[LinkRequest]:
        """
        Return up to *limit* requests that wait, the oldest first.

        Args:
            after: the last one of the page before; `None` for the first page.
            limit: how many at most.
        """
        ...

    def take(self, request: LinkRequest) -> bool:
        """
        Remove *request*; tell whether it was there.

        Of two units of work that take one, the second finds it gone.
        """
        ...


class UnitOfWork(Protocol):
    """
    Everything that one transaction can read and change.
    """

    @property
    def licences(self) -> Licences:
        """
        The licences and their dossiers.
        """
        ...

    @property
    def users(self) -> Users:
        """
        The users.
        """
        ...

    @property
    def left_ids(self) -> LeftIds:
        """
        The WinBooks IDs that were left.
        """
        ...

    @property
    def credentials(self) -> Credentials:
        """
        What sign-ins are checked against.
        """
        ...

    @property
    def requests(self) -> Requests:
        """
        The creations that were carried out.
        """
        ...

    @property
    def outbox(self) -> Outbox:
        """
        The mails that wait.
        """
        ...

    @property
    def history(self) -> History:
        """
        What happened to the users.
        """
        ...

    @property
    def product_links(self) -> ProductLinks:
        """
        The WinBooks IDs that were entered in products.
        """
        ...

    @property
    def link_requests(self) -> LinkRequests:
        """
        The links that were asked for.
        """
        ...

    @property
    def failed_attempts(self) -> FailedAttempts:
        """
        The attempts that were not their owners'.
        """
        ...


class Storage(Protocol):
    """
    Where everything is kept.
    """

    def run(self, work: Callable[[UnitOfWork], T]) -> T:
        """
        Call *work* in a transaction and return its result: all or nothing.

        *work* may be called several times, each time on a state without its
        earlier calls, so it has no effect but through the unit of work.  What
        it raises is raised, and nothing was written.

        Raises:
            StorageBusy: the storage could not do it now; nothing was written.
            StorageNotReady: the storage is not set up, or not for this version;
                nothing was written.
            OutcomeUnknown: the storage was lost at the commit of a unit of work
                that wrote.
            Unavailable: the storage refuses this work, and would again; nothing
                was written.
        """
        ...
