"""
How does a FastAPI application say what is wrong, without repeating what was sent?

By default FastAPI answers a refused request with the input beside each error: a
password next to a missing field goes back over the wire.  Problem details
(RFC 9457) carry code, parameters and a sentence in the reader's language instead.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic_core import ErrorDetails

from ... import texts
from ...errors import Invalid, InvalidFields, Refused, Unavailable
from ...forms.problem_details import (
    MEDIA_TYPE,
    SCHEMA,
    TITLES,
    ProblemDetail,
    ProblemDetails,
    invalid,
    pointer_to,
    problem_details,
)
from ...problems import Missing
from ...refusals import TooManyAttempts
from ..pydantic import ErrorDetail, error_details


__all__ = [
    "PROBLEM_RESPONSES",
    "answer_with",
    "install_problem_details",
    "locale_of",
]

_REFERENCE: Final = {"$ref": "#/components/schemas/ProblemDetails"}

#: What an endpoint can answer beside its result, for the argument ``responses`` of
#: an endpoint, a router or an application whose problem details are installed.  The
#: titles are in English: they are for the developers who read the document.
PROBLEM_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    status: {
        "description": texts.text(title, "en", translator=None),
        "content": {MEDIA_TYPE: {"schema": _REFERENCE}},
    }
    for status, title in TITLES.items()
}


def locale_of(request: Request) -> str:
    """
    Return the language that the reader's browser asks for.
    """
    return texts.accepted_language(request.headers.get("accept-language", ""))


def install_problem_details(
    app: FastAPI,
    *,
    locale: Callable[[Request], str] = locale_of,
    translator: texts.Translator | None = None,
) -> None:
    """
    Let *app* answer with problem details what FastAPI or the library refuses.

    Its OpenAPI document says so, too: 422 is the problem document wherever
    FastAPI checks what was sent.  `PROBLEM_RESPONSES` documents the others.

    Args:
        app: an application that has answered no request yet.
        locale: returns the reader's language; what their browser asks for by default.
        translator: a product's own words, asked first.

    Raises:
        RuntimeError: *app* has answered a request; FastAPI would ignore this call.
    """
    if app.middleware_stack is not None:
        raise RuntimeError("install problem details before the first request")

    async def answer(request: Request, error: Exception) -> JSONResponse:
        language = locale(request)
        if isinstance(error, RequestValidationError):
            found = _of_the_framework(error, language, translator)
            return answer_with(found, language)
        ours = cast("Invalid | InvalidFields | Refused | Unavailable", error)
        body = problem_details(ours, language, translator=translator)
        answered = answer_with(body, language)
        if isinstance(error, TooManyAttempts):
            answered.headers["Retry-After"] = str(error.retry_after_seconds)
        return answered

    for kind in _ANSWERED:
        app.add_exception_handler(kind, answer)
    describe = app.openapi
    # FastAPI's own way to extend the document.
    app.openapi = lambda: _documented(describe())  # type: ignore[method-assign]


_ANSWERED: Final = (
    RequestValidationError,
    Invalid,
    InvalidFields,
    Refused,
    Unavailable,
)


def _documented(document: dict[str, Any]) -> dict[str, Any]:
    """
    Put the problem document in the place of FastAPI's own, in an OpenAPI *document*.
    """
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas["ProblemDetails"] = {"title": "ProblemDetails", **SCHEMA}
    for operations in document["paths"].values():
        for operation in operations.values():
            described = operation["responses"].get("422", {}).get("content", {})
            schema = described.get("application/json", {}).get("schema", {})
            if schema.get("$ref") == "#/components/schemas/HTTPValidationError":
                operation["responses"]["422"] = PROBLEM_RESPONSES[422]
    # Webhooks and callbacks are answered by others, as FastAPI describes it.
    for name in ("HTTPValidationError", "ValidationError"):
        if f'"#/components/schemas/{name}"' not in json.dumps(document):
            schemas.pop(name, None)
    return document


def _of_the_framework(
    error: RequestValidationError, locale: str, translator: texts.Translator | None
) -> ProblemDetails:
    errors = cast("Iterable[ErrorDetails]", error.errors())
    details = [
        _detail(each, error.body, locale, translator) for each in error_details(errors)
    ]
    return invalid(details, locale, translator=translator)


def _detail(
    problem: ErrorDetail,
    body: object,
    locale: str,
    translator: texts.Translator | None,
) -> ProblemDetail:
    sentence = (
        texts.text(problem.code, locale, problem.params, translator=translator)
        if problem.code in texts.sentences(texts.LANGUAGES[0])
        else problem.message
    )
    detail = ProblemDetail(
        code=problem.code, params=dict(problem.params), detail=sentence
    )
    source, *path = problem.path
    if source != "body":
        return {"parameter": "/".join(map(str, path)), **detail}
    is_missing = problem.code == Missing.code
    place = _place_in(body, path, is_missing=is_missing)
    return {"pointer": pointer_to(place), **detail}


def _place_in(
    body: object, path: Sequence[str | int], *, is_missing: bool
) -> Iterator[str | int]:
    """
    Yield the steps of *path* that lead through *body*.

    Between them, Pydantic puts the names of models of a union, which were not sent.
    """
    for number, step in enumerate(path, start=1):
        if _is_in(body, step):
            body = cast("Any", body)[step]
        elif not (is_missing and number == len(path)):
            continue
        yield step


def _is_in(body: object, step: str | int) -> bool:
    if isinstance(body, Mapping):
        return step in body
    if not isinstance(body, list) or not isinstance(step, int):
        return False
    return step < len(cast("list[object]", body))


def answer_with(body: ProblemDetails, locale: str) -> JSONResponse:
    """
    Return *body*, in the language of *locale*, as an answer that no one keeps.
    """
    return JSONResponse(
        body,
        body["status"],
        media_type=MEDIA_TYPE,
        headers={
            "Cache-Control": "no-store",
            "Content-Language": texts.language_of(locale),
        },
    )
