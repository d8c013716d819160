"""
How does a product serve SCIM on its own portal?
"""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import TYPE_CHECKING, Final, final
from urllib.parse import parse_qsl

from pydantic_core import to_json
from scim2_models import (
    InvalidFilterException,
    PayloadTooLargeException,
    SCIMException,
    UnauthorizedException,
)
from scim2_server.applications.wsgi import WSGIApplication
from scim2_server.memory import InMemoryStorage
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse

from ...attempts import Attempt, Door
from ...dossier import LicenceNumber
from ...phone import PhoneNumber
from ...portal import Portal
from ...texts import Translator
from .answering import Handler
from .directory import Directory
from .errors import NotAvailable, TooManyRequests, Wording, in_scim
from .people import People
from .protocol import Protocol
from .resources import BYTES, EXPRESSION, PhoneReader, provider
from .tokens import ScimToken, Tokens, find


if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


__all__ = ["ScimApplication", "scim_application"]


#: The request headers that are read.
_HEADERS: Final = {
    "Authorization": "HTTP_AUTHORIZATION",
    "Content-Type": "CONTENT_TYPE",
    "If-Match": "HTTP_IF_MATCH",
    "If-None-Match": "HTTP_IF_NONE_MATCH",
}

#: The parts of a request that make up the address of the service.
_PLACE: Final = (
    *("wsgi.url_scheme", "HTTP_HOST", "SERVER_NAME", "SERVER_PORT", "SCRIPT_NAME"),
)


@final
class ScimApplication(WSGIApplication):
    """
    A WSGI application that speaks SCIM 2.0; see `scim_application`.
    """

    def __init__(
        self,
        portal: Portal,
        tokens: Tokens,
        *,
        send_credentials: bool,
        erased_in: AbstractSet[LicenceNumber],
        phone: PhoneReader,
        wording: Wording,
    ) -> None:
        self._portal = portal
        self._tokens = tokens
        self._send_credentials = send_credentials
        self._erased_in = erased_in
        self._phone = phone
        self._wording = wording
        offered = provider()
        # Every request gets a storage of its own: that of its token's licence.
        self._protocol = Protocol(offered)
        super().__init__(InMemoryStorage(), offered, self._protocol)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """
        Answer a request.
        """
        response = self.serve(self.read_request(environ))
        status = f"{response.status.value} {response.status.phrase}"
        start_response(status, list(response.headers.items()))
        return [b"" if response.body is None else to_json(response.body)]

    def read_request(self, environ: "WSGIEnvironment") -> ScimRequest:
        """
        Return the request, with the address that it comes from.
        """
        query = environ.get("QUERY_STRING")
        request = ScimRequest(
            method=environ["REQUEST_METHOD"],
            base_url=self.get_base_url(environ),
            path=self.split_path(environ.get("PATH_INFO", "")),
            # A parameter without a value says nothing.
            query=dict(parse_qsl(query)) if query else {},
            headers={
                name: environ[key] for name, key in _HEADERS.items() if key in environ
            },
            subject=environ.get("REMOTE_ADDR"),
        )
        request.body = self.read_body(environ, request)
        return request

    @staticmethod
    def get_base_url(environ: "WSGIEnvironment") -> str:
        """
        Return the address of the service, as the client sees it.
        """
        return _base_url(tuple(map(environ.get, _PLACE)))

    def serve(self, request: ScimRequest) -> ScimResponse:
        """
        Return the answer to a request; to HEAD it is that to GET, without a body.
        """
        if request.method.upper() != "HEAD":
            return super().serve(request)
        request.method = "GET"
        response = super().serve(request)
        response.body = None
        return response

    def dispatch_request(self, request: ScimRequest) -> ScimResponse:
        """
        Serve a request in the licence of its token.
        """
        if len(request.body) > BYTES:
            raise PayloadTooLargeException
        if any(len(value) > EXPRESSION for value in request.query.values()):
            raise InvalidFilterException
        if not self.needs_auth(request):
            return self.handler.handle(request)
        with in_scim(self._wording):
            token = self._token(request)
        people = People(
            self._portal,
            token.actor,
            send_credentials=self._send_credentials,
            erases=token.licence in self._erased_in,
        )
        directory = Directory(people, phone=self._phone, wording=self._wording)
        return Handler(self._protocol, directory).handle(request)

    def handle_exception(
        self, request: ScimRequest, exception: Exception
    ) -> ScimResponse:
        """
        Return the answer to what went wrong, and log nothing that was sent.
        """
        del request
        if not isinstance(exception, SCIMException):
            self.log.error("a request failed: %s", type(exception).__name__)
        response = self.service.error_response(exception)
        if isinstance(exception, TooManyRequests | NotAvailable):
            response.headers["Retry-After"] = str(exception.retry_after)
        return response

    def _token(self, request: ScimRequest) -> ScimToken:
        """
        Return the token of *request*, whose failures are counted by their source.

        Raises:
            TooManyAttempts: too many failed.
            UnauthorizedException: there is no such token.
            Unavailable: tokens or attempts cannot be read.
        """
        scheme, _, text = (request.header("Authorization") or "").partition(" ")
        is_bearer = scheme.casefold() == "bearer"
        # A good token costs no count: with it, no one can guess others.
        token = (
            find(self._tokens, text.strip(), now=self._portal.clock())
            if is_bearer
            else None
        )
        if token is not None:
            return token
        if self._portal.attempts is not None:
            attempt = Attempt(door=Door.TOKEN, subject=None, source=request.subject)
            self._portal.attempts.begin(attempt)
        raise UnauthorizedException


@lru_cache(maxsize=64)  # It is the same for each client.
def _base_url(place: tuple[str | None, ...]) -> str:
    environ = {
        name: text for name, text in zip(_PLACE, place, strict=True) if text is not None
    }
    return WSGIApplication.get_base_url(environ)


def scim_application(
    portal: Portal,
    tokens: Tokens,
    *,
    send_credentials: bool = False,
    erased_in: AbstractSet[LicenceNumber] = frozenset(),
    phone: PhoneReader = PhoneNumber.parse,
    locale: str = "en",
    translator: Translator | None = None,
) -> ScimApplication:
    """
    Return a WSGI application by which identity providers provision offices.

    A token stands for the distributor in one licence: what it may do is decided as
    for the form and the feed.  Only staff are seen.  [S61]

    Paths begin with ``/v2``, or not.

    Args:
        portal: the services; its *attempts* limit tokens that are tried, and how many
            users are deactivated a day.
        tokens: by which tokens identity providers are known.
        send_credentials: whether a new user gets their login data by mail; on on Web
            licences no one does.
        erased_in: the numbers of the licences in which users who are deleted are
            erased; in others they are deactivated and not shown any more.
        phone: reads a phone number; international notation by default.
        locale: the language of what is refused; identity providers show it in their
            logs.
        translator: the words of the product, if it has its own.
    """
    return ScimApplication(
        portal,
        tokens,
        send_credentials=send_credentials,
        erased_in=erased_in,
        phone=phone,
        wording=Wording(locale, translator),
    )
