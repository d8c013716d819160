"""
How are requests answered?

Most of them read, so users and groups are written as JSON at once; and a filter that
looks one of them up is read without the grammar of filters.
"""

import re
from http import HTTPStatus
from typing import Any, Final, cast, final

from scim2_models import Resource, ResourceType, ResponseParameters, SearchRequest
from scim2_server.handler import ScimHandler
from scim2_server.requests import ScimRequest
from scim2_server.responses import ScimResponse
from scim2_server.routing import Operation, Target

from .directory import Directory
from .entries import Entry, KnownUser
from .projection import cut_of, kept
from .protocol import Protocol
from .reading import USER, Found
from .resources import PAGE
from .searching import FOUND_BY, needs_members


__all__ = ["Handler"]

#: What stands beside a filter that looks one up; whatever else does is left to the
#: library of the protocol.
_BESIDE: Final = frozenset(
    {"attributes", "count", "excludedAttributes", "filter", "startIndex"}
)

#: A name, and a text without a sign that means something else.
_LOOK_UP: Final = re.compile(
    r'''([A-Za-z.]+) eq "([^"\\\x00-\x1f]*)"''', re.IGNORECASE | re.ASCII
)
_LIST: Final = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
_COUNT: Final = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


@final
class Handler(ScimHandler):
    """
    Serves one request in the licence of its token.
    """

    def __init__(self, service: Protocol, directory: Directory) -> None:
        super().__init__(service, directory)
        self._protocol = service
        self._directory = directory

    def handle(self, request: ScimRequest) -> ScimResponse:
        """
        Answer *request*.
        """
        operation = self._protocol.match(request).operation
        response: ScimResponse = getattr(self, operation.value)(request)
        return response

    def query(self, request: ScimRequest) -> ScimResponse:
        """
        Answer with one user or group, or that it has not changed.
        """
        protocol = self._protocol
        target = protocol.route(request, Operation.query)
        kind = protocol.resource_type_at(cast("str", target.endpoint))
        asked = protocol.read_response_parameters(kind, request.query)
        key = cast("str", target.resource_id)
        entry = self._directory.read(kind, key, asked)
        is_new = protocol.read_conditions(request).check(entry.version, "GET")
        if is_new:
            return written(request.base_url, entry, asked)
        headers = {} if entry.version is None else {"ETag": entry.version}
        return ScimResponse(HTTPStatus.NOT_MODIFIED, None, headers)

    def search(self, request: ScimRequest) -> ScimResponse:
        """
        Answer with a page of those that match.
        """
        protocol = self._protocol
        target = protocol.route(request, Operation.search)
        kinds = protocol.searched_types(target.endpoint)
        answer = self._looked_up(request, kinds)
        if answer is not None:
            return answer
        with protocol.provider:
            asked, _ = protocol.read_search_query(kinds, request.query)
            return self._found(request, kinds, asked)

    def search_with_body(self, request: ScimRequest) -> ScimResponse:
        """
        Answer with a page of those that match, who are asked for by POST.
        """
        protocol = self._protocol
        with protocol.provider:
            target = protocol.route(request, Operation.search_with_body)
            kinds = protocol.searched_types(target.endpoint)
            asked, _ = protocol.read_search_body(
                kinds, request.body, request.header("Content-Type")
            )
            return self._found(request, kinds, asked)

    def patch(self, request: ScimRequest) -> ScimResponse:
        """
        Answer with the user as they are after changes; a group is only changed.

        A group can have thousands of members, so it is sent where it is asked for.
        """
        protocol = self._protocol
        target = protocol.route(request, Operation.patch)
        kind = protocol.resource_type_at(cast("str", target.endpoint))
        if kind.name != USER:
            return super().patch(request)
        asked = protocol.read_response_parameters(kind, request.query)
        content_type = request.header("Content-Type")
        changes = protocol.read_plain_changes(request.body, content_type)
        if changes is not None:
            entry = self._user(target)
            protocol.read_conditions(request).check(entry.version, "PATCH")
            return written(
                request.base_url, self._directory.changed(entry, changes), asked
            )
        with protocol.provider:
            operations = protocol.read_patch(kind, request.body, content_type)
            entry = self._user(target)
            after = protocol.apply_patch(
                entry.resource(), operations, protocol.read_conditions(request)
            )
            return self._replaced(request, entry, after, asked)

    def replace(self, request: ScimRequest) -> ScimResponse:
        """
        Answer with the user as they are after a replacement, or with the group.
        """
        protocol = self._protocol
        target = protocol.route(request, Operation.replace)
        kind = protocol.resource_type_at(cast("str", target.endpoint))
        if kind.name != USER:
            return super().replace(request)
        asked = protocol.read_response_parameters(kind, request.query)
        content_type = request.header("Content-Type")
        conditions = protocol.read_conditions(request)
        entry = self._user(target)
        known = entry.known.user.winbooks_id.address
        sent = protocol.read_plain_user(request.body, content_type, known)
        if sent is not None:
            conditions.check(entry.version, "PUT")
            return written(request.base_url, self._directory.put(entry, sent), asked)
        with protocol.provider:
            replacement = protocol.read_replacement(kind, request.body, content_type)
            after = protocol.apply_replacement(
                entry.resource(), replacement, conditions
            )
            return self._replaced(request, entry, after, asked)

    def _replaced(
        self,
        request: ScimRequest,
        entry: KnownUser,
        after: Resource[Any] | None,
        asked: ResponseParameters[Any],
    ) -> ScimResponse:
        if after is None:
            return written(request.base_url, entry, asked)
        return written(request.base_url, self._directory.replaced(entry, after), asked)

    def _user(self, target: Target) -> KnownUser:
        return self._directory.user(cast("str", target.resource_id))

    def _looked_up(
        self, request: ScimRequest, kinds: list[ResourceType]
    ) -> ScimResponse | None:
        """
        Answer a request for the one that is called so; return `None` for others.
        """
        query = request.query
        count = query.get("count", "1")
        parts = _LOOK_UP.fullmatch(query.get("filter", ""))
        is_plain = (
            query.keys() <= _BESIDE
            and query.get("startIndex", "1") == "1"
            and _COUNT.fullmatch(count) is not None
        )
        if parts is None or not is_plain or len(kinds) != 1:
            return None
        (kind,) = kinds
        name, text = parts.groups()
        if name.casefold() not in FOUND_BY[str(kind.name)]:
            return None
        asked = self._protocol.read_response_parameters(kind, query)
        found = self._directory.look_up(
            str(kind.name), {name.casefold(): text}, has_members=needs_members(asked)
        )
        most = min(int(query.get("count", PAGE)), PAGE)
        return _listed(request.base_url, Found(len(found), found[:most]), asked)

    def _found(
        self,
        request: ScimRequest,
        kinds: list[ResourceType],
        asked: SearchRequest[Any],
    ) -> ScimResponse:
        found = self._directory.find(kinds, asked)
        start = asked.start_index or 1
        return _listed(request.base_url, found, asked, start=start)


def written(
    base_url: str, entry: Entry, asked: ResponseParameters[Any]
) -> ScimResponse:
    """
    Return the answer with what is *asked* of one user or group.
    """
    document = entry.document(base_url)
    meta = document["meta"]
    headers = {"Content-Location": meta["location"]}
    if entry.version is not None:
        headers["ETag"] = entry.version
    body = kept(document, cut_of(meta["resourceType"], asked))
    return ScimResponse(HTTPStatus.OK, body, headers)


def _listed(
    base_url: str, found: Found, asked: ResponseParameters[Any], *, start: int = 1
) -> ScimResponse:
    """
    Return the answer with what is *asked* of a page.
    """
    documents = [each.document(base_url) for each in found.entries]
    kinds = {each["meta"]["resourceType"] for each in documents}
    cuts = {kind: cut_of(kind, asked) for kind in kinds}
    body: dict[str, Any] = {
        "schemas": [_LIST],
        "totalResults": found.total,
        "startIndex": start,
        "itemsPerPage": len(documents),
        "Resources": [
            kept(each, cuts[each["meta"]["resourceType"]]) for each in documents
        ],
    }
    return ScimResponse(HTTPStatus.OK, body)
