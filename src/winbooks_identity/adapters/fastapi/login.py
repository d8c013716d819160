"""
How do people sign in to a FastAPI application, and stay in as long as they should?
"""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Final, TypeVar, final

from fastapi import APIRouter, Depends, Request, Response

from ...fields import Fields
from ...phone import PhoneNumber
from ...portal import Portal
from ...portal_user import PortalUser
from .. import login_steps
from ..asynchronous import AsyncPortal
from ..login_pages import (
    CHANGE_PASSWORD,
    CONFIRM_ID,
    EDIT_USER,
    FORGOTTEN_PASSWORD,
    SET_PASSWORD,
    SIGN_IN,
    LoginPage,
)
from .body import documented, read_body
from .models import SignedInUser, UserDetails
from .problems import PROBLEM_RESPONSES


__all__ = ["Login", "ensure_own_site", "source_of"]

T = TypeVar("T")
Body = Annotated[Fields, Depends(read_body)]

#: Where the session keeps what it is recognised by.
_STAMP: Final = "winbooks_identity.stamp"

#: Methods that change nothing (RFC 9110, 9.2.1).
_SAFE: Final = {"GET", "HEAD", "OPTIONS", "TRACE"}

_SIGNING_IN: Final = (401, 403, 413, 422, 429, 503)
_LINKED: Final = (403, 409, 413, 422, 429, 503)


def source_of(request: Request) -> str | None:
    """
    Return the IP address that *request* comes from, as the server knows it.
    """
    return request.client.host if request.client else None


async def ensure_own_site(request: Request) -> None:
    """
    Refuse what another website sends in the name of who is signed in.

    ``dependencies=[Depends(ensure_own_site)]`` for endpoints of the product that
    change something and take a form, or anything else that is no JSON.

    Raises:
        NotAuthorised: another site sent it.
    """
    if request.method not in _SAFE:
        login_steps.ensure_own_site(request.headers, request.headers.get("host", ""))


async def keep_nothing(response: Response) -> None:
    """
    Let no browser or proxy keep the answer.
    """
    response.headers["Cache-Control"] = "no-store"


def _keep_in_cookie(_request: Request) -> None:
    """
    Do nothing: a session in a cookie is another one as soon as it is written.
    """


@final
class Login:
    """
    The endpoints by which people sign in and look after their login.  [S70]

    ``app.include_router(login.router, prefix="/login")``, and
    ``Annotated[PortalUser, Depends(login.current_user)]`` in endpoints of the
    product.  The session is Starlette's: ``SessionMiddleware`` or what takes its
    place.  Nothing here blocks the event loop.

    Starlette keeps a session in its cookie.  Where what takes its place keeps it on
    the server, *renew* has to give it another id, or those who planted the earlier id
    in a browser are signed in too.

    Args:
        portal: the services, or an `AsyncPortal` with threads of the product's choice.
        source: returns the IP address of a request; a proxy's header counts only
            where the proxy is trusted.
        phone: reads a phone number; international notation by default.
        renew: gives the session of a request, emptied just now, another id, where
            sessions are kept on the server.
    """

    def __init__(
        self,
        portal: Portal | AsyncPortal,
        *,
        source: Callable[[Request], str | None] = source_of,
        phone: Callable[[str], PhoneNumber] = PhoneNumber.parse,
        renew: Callable[[Request], object] = _keep_in_cookie,
    ) -> None:
        self.portal: Final = (
            portal if isinstance(portal, AsyncPortal) else AsyncPortal(portal)
        )
        self._source = source
        self._phone = phone
        self._renew = renew

    async def current_user(self, request: Request) -> PortalUser:
        """
        Return who is signed in, as they are now.  [S70]

        Raises:
            SessionEnded: no one is, or no longer: 401.
            StorageBusy: the storage failed: 503.
        """
        stamp: object = request.session.get(_STAMP)
        return await self.portal.run(partial(login_steps.resume, stamp=stamp))

    async def _sign_in(self, request: Request, form: Body) -> SignedInUser:
        """
        Sign in; an initial password is answered with 403, and changed first.
        """
        return await self._enter(request, login_steps.sign_in, form)

    async def _change_password(self, request: Request, form: Body) -> SignedInUser:
        """
        Change a password, also an initial one, and be signed in.
        """
        return await self._enter(request, login_steps.change_password, form)

    async def _sign_out(self, request: Request) -> None:
        """
        End the session of this browser.
        """
        request.session.clear()

    async def _forgotten_password(self, request: Request, form: Body) -> None:
        """
        Ask for a link by mail; the answer is the same for everyone.
        """
        await self.portal.run(
            self._asked(request, login_steps.forgotten_password, form)
        )

    async def _set_password(self, request: Request, form: Body) -> None:
        """
        Choose a password with the token of a mailed link.
        """
        await self.portal.run_hashing(
            self._asked(request, login_steps.set_password, form)
        )

    async def _confirm_id(self, request: Request, form: Body) -> None:
        """
        Confirm a new WinBooks ID with the token of a mailed link.
        """
        await self.portal.run(self._asked(request, login_steps.confirm_id, form))

    async def _show_self(self, request: Request) -> SignedInUser:
        """
        Return who is signed in.
        """
        return SignedInUser.of(await self.current_user(request))

    async def _show_user(self, request: Request, winbooks_id: str) -> UserDetails:
        """
        Return the details of a user whom the reader manages.
        """
        by = await self.current_user(request)
        return UserDetails.of(
            await self.portal.run(
                partial(login_steps.find_user, winbooks_id=winbooks_id, by=by)
            )
        )

    async def _edit_user(
        self, request: Request, winbooks_id: str, form: Body
    ) -> UserDetails:
        """
        Change the details of a user whom the reader manages; their rights stay.
        """
        by = await self.current_user(request)
        work = partial(
            login_steps.edit_user,
            winbooks_id=winbooks_id,
            form=form,
            by=by,
            phone=self._phone,
        )
        return UserDetails.of(await self.portal.run(work))

    @property
    def router(self) -> APIRouter:
        """
        Return the endpoints, for ``include_router``.
        """
        router = APIRouter(
            tags=["login"],
            dependencies=[Depends(ensure_own_site), Depends(keep_nothing)],
        )
        for page, answer, status, refusals in (
            (SIGN_IN, self._sign_in, 200, _SIGNING_IN),
            (CHANGE_PASSWORD, self._change_password, 200, (*_SIGNING_IN, 409)),
            (
                FORGOTTEN_PASSWORD,
                self._forgotten_password,
                202,
                (403, 413, 422, 429, 503),
            ),
            (SET_PASSWORD, self._set_password, 204, _LINKED),
            (CONFIRM_ID, self._confirm_id, 204, _LINKED),
        ):
            self._add(
                router,
                f"/{page.name.replace('_', '-')}",
                answer,
                page=page,
                status_code=status,
                responses=_responses(*refusals),
            )
        self._add(router, "/sign-out", self._sign_out, status_code=204)
        read: dict[str, Any] = {
            "methods": ["GET"],
            "responses": _responses(401, 404, 503),
        }
        self._add(router, "/me", self._show_self, **read)
        self._add(router, "/users/{winbooks_id}", self._show_user, **read)
        self._add(
            router,
            "/users/{winbooks_id}",
            self._edit_user,
            page=EDIT_USER,
            methods=["PUT"],
            responses=_responses(401, 403, 404, 409, 413, 422, 503),
        )
        return router

    def _add(
        self,
        router: APIRouter,
        path: str,
        answer: Callable[..., Any],
        *,
        page: LoginPage | None = None,
        **options: Any,  # noqa: ANN401  FastAPI's own.
    ) -> None:
        policy = self.portal.services.policy
        extra = None if page is None else documented(page, policy)
        named: dict[str, Any] = {
            "name": answer.__name__.lstrip("_"),
            "methods": ["POST"],
            "openapi_extra": extra,
        }
        router.add_api_route(path, answer, **named | options)

    async def _enter(
        self,
        request: Request,
        step: Callable[..., login_steps.Entered],
        form: Fields,
    ) -> SignedInUser:
        entered = await self.portal.run_hashing(self._asked(request, step, form))
        # Nothing of an earlier session goes on in this one.
        request.session.clear()
        self._renew(request)
        request.session[_STAMP] = entered.stamp
        return SignedInUser.of(entered.user, entered.broken_rules, entered.notice)

    def _asked(
        self,
        request: Request,
        step: Callable[..., T],
        form: Fields,
    ) -> Callable[[Portal], T]:
        return partial(step, form=form, source=self._source(request))


def _responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: PROBLEM_RESPONSES[status] for status in statuses}
