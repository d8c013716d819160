"""
An identity provider as SCIM sees it, for the tests of the adapter.
"""

import io
import json
from collections.abc import Mapping
from typing import Any, cast
from wsgiref.util import setup_testing_defaults

import attrs

from winbooks_identity.adapters.scim import ScimApplication


USER = "urn:ietf:params:scim:schemas:core:2.0:User"
PORTAL = "urn:winbooks:params:scim:schemas:extension:portal:2.0:User"
PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"
NEL = {
    "schemas": [USER],
    "userName": "Nel@example.org",
    "externalId": "e-1",
    "name": {"givenName": "Nel", "familyName": "Dubois"},
    "active": True,
    "displayName": "Nel Dubois",
    "emails": [{"value": "nel@example.org", "type": "work", "primary": True}],
}


@attrs.frozen
class Answer:
    """
    What came back.
    """

    status: int
    body: dict[str, Any]
    headers: Mapping[str, str]


@attrs.frozen
class IdentityProvider:
    """
    Sends requests to the application as a server would pass them on.
    """

    app: ScimApplication
    token: str

    def __call__(
        self, method: str, path: str, sent: object = None, **headers: str
    ) -> Answer:
        """
        Return the answer to one request.
        """
        raw = b"" if sent is None else json.dumps(sent).encode()
        return self.raw(method, path, raw, **headers)

    def raw(self, method: str, path: str, raw: bytes, **headers: str) -> Answer:
        """
        Return the answer to a request whose body is *raw*.
        """
        path, _, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": f"/v2{path}",
            "QUERY_STRING": query,
            "CONTENT_LENGTH": str(len(raw)),
            "CONTENT_TYPE": "application/scim+json",
            "wsgi.input": io.BytesIO(raw),
            "HTTP_AUTHORIZATION": f"Bearer {self.token}",
            "REMOTE_ADDR": "192.0.2.7",
            **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
        }
        setup_testing_defaults(environ)
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, given: list[tuple[str, str]]) -> None:
            started.append((status, given))

        body = b"".join(self.app(environ, cast("Any", start)))
        ((status, given),) = started
        return Answer(int(status[:3]), json.loads(body or b"{}"), dict(given))

    def patch(self, path: str, *operations: object) -> Answer:
        """
        Return the answer to a PATCH.
        """
        return self("PATCH", path, {"schemas": [PATCH], "Operations": operations})

    def made(self) -> str:
        """
        Return the id of a new user, Nel.
        """
        answer = self("POST", "/Users", NEL)
        assert 201 == answer.status
        return str(answer.body["id"])

    def group(self, name: str) -> str:
        """
        Return the id of the group with that name.
        """
        found = self("GET", f'/Groups?filter=displayName+eq+"{name}"').body
        return str(found["Resources"][0]["id"])
