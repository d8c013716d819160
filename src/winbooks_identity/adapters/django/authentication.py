"""
How do users of the Portal sign in to a Django project?
"""

from typing import Any, cast

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, router, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_variables

from ...errors import Invalid
from ...fields import trimmed
from ...passwords import Password
from ...portal_user import PortalUser
from ...refusals import (
    PasswordChangeRequired,
    PasswordRefused,
    SignInRefused,
    TooManyAttempts,
)
from ...services.sessions import Session
from ...winbooks_id import WinBooksId
from .account_links import links
from .wiring import portal, source_of


__all__ = ["BACKEND", "WinBooksBackend", "signed_in"]

#: Its place, for ``AUTHENTICATION_BACKENDS``.
BACKEND = f"{__name__}.WinBooksBackend"


def signed_in(request: HttpRequest) -> PortalUser | None:
    """
    Return the user of the Portal who is signed in, as they are now; `None`: no one is.
    """
    found: PortalUser | None = getattr(request.user, "winbooks_user", None)
    return found


class WinBooksBackend(BaseBackend):
    """
    An entry for ``AUTHENTICATION_BACKENDS``, with any user model.  [S70]

    A user who signs in for the first time gets an account of the project's user model,
    whose name is their internal key.  It has no password, and nothing of the person:
    ``account.winbooks_user`` is the `PortalUser`, as they are now.  No account that is
    there already is ever taken for theirs.

    A session ends as soon as the password, the WinBooks ID, the level or the status of
    its user changes.
    """

    @method_decorator(sensitive_variables())
    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> AbstractBaseUser | None:
        """
        Return the account of who signs in; `None` where no one does.

        Neither does a password that has to be changed first: the view of this app leads
        to its change, and shows a notice where a policy is rolled out.

        Raises:
            PermissionDenied: too many attempts failed.
            ImproperlyConfigured: the view has an atomic block, which could undo that
                the attempt counts.
            OnWebUnavailable, HasherBusy, StorageBusy: call again.
        """
        try:
            winbooks_id = WinBooksId.parse(trimmed(username or ""))
            typed = Password(password or "")
        except Invalid:
            return None
        source = None if request is None else source_of(request)
        try:
            signed_in = portal().sign_in.verify(winbooks_id, typed, source=source)
        except (SignInRefused, PasswordChangeRequired, PasswordRefused):
            return None
        except TooManyAttempts:
            raise PermissionDenied from None
        return self.account_of(signed_in.user)

    def account_of(self, user: PortalUser) -> AbstractBaseUser:
        """
        Return the account of *user*, who has just shown who they are.
        """
        session = Session(user, portal().sessions.begin(user))
        account = self._find_account(user)
        if account is None:
            try:
                account = self._new_account(user)
            except IntegrityError:
                # They signed in twice at one time; or another account has the name.
                account = self._find_account(user)
                if account is None:
                    raise PermissionDenied from None
        return _with_session(account, session)

    def values_of(self, user: PortalUser) -> dict[str, Any]:
        """
        Return what the new account of *user* has; override it for more.
        """
        kind = cast("Any", get_user_model())
        return {kind.USERNAME_FIELD: str(user.id)}

    def get_user(self, user_id: Any) -> AbstractBaseUser | None:
        """
        Return the account with *user_id* if its user may have a session now.
        """
        link = links().filter(account=str(user_id)).first()
        session = None if link is None else portal().sessions.find(link.user_id)
        account = _accounts().filter(pk=user_id).first()
        if session is None or account is None or not account.is_active:
            return None
        return _with_session(account, session)

    def _find_account(self, user: PortalUser) -> AbstractBaseUser | None:
        link = links().filter(user_id=user.id).first()
        return None if link is None else _accounts().filter(pk=link.account).first()

    def _new_account(self, user: PortalUser) -> AbstractBaseUser:
        kind = get_user_model()
        with transaction.atomic(using=router.db_for_write(kind)):
            account = kind(**self.values_of(user))
            account.set_unusable_password()
            account.save()
            links().update_or_create(
                user_id=user.id, defaults={"account": str(account.pk)}
            )
        return account


def _accounts() -> "QuerySet[AbstractBaseUser]":
    found: QuerySet[AbstractBaseUser] = get_user_model()._default_manager.all()  # noqa: SLF001  As Django's own backends.
    return found


def is_linked(account: AbstractBaseUser) -> bool:
    """
    Tell whether *account* is that of a user of the Portal, however they signed in.
    """
    return links().filter(account=str(account.pk)).exists()


def _with_session(account: AbstractBaseUser, session: Session) -> AbstractBaseUser:
    """
    Return *account* with its user; Django keeps and compares the stamp.
    """
    extended = cast("Any", account)
    extended.winbooks_user = session.user
    extended.get_session_auth_hash = lambda: session.stamp
    return account
