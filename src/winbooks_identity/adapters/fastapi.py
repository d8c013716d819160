"""
How does a FastAPI application tell what is wrong, and nothing of what was sent?

By default FastAPI answers a refused request with the input beside each error: a
password next to a missing field goes back over the wire.  Problem details
(RFC 9457) carry code, parameters and a sentence in the reader's language instead.
"""

from collections.abc import Callable, Iterable
from typing import Final, cast

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic_core import ErrorDetails

from .. import texts
from ..errors import Invalid, InvalidFields, Refused, Unavailable
from ..forms.problem_details import (
    MEDIA_TYPE,
    ProblemDetail,
    ProblemDetails,
    invalid,
    pointer_to,
    problem_details,
)
from .pydantic import ErrorDetail, error_details


__all__ = ["install_problem_details", "locale_of"]


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

    Args:
        app: an application that has answered no request yet.
        locale: tells the reader's language; by default what his browser asks for.
        translator: a product's own words, asked first.

    Raises:
        RuntimeError: *app* has answered a request; FastAPI would ignore this call.
    """
    if app.middleware_stack is not None:
        raise RuntimeError("install problem details before the first request")

    async def tell(request: Request, error: Exception) -> JSONResponse:
        language = locale(request)
        if isinstance(error, RequestValidationError):
            found = _of_the_framework(error, language, translator)
            return _answer(found, language)
        ours = cast("Invalid | InvalidFields | Refused | Unavailable", error)
        body = problem_details(ours, language, translator=translator)
        return _answer(body, language)

    for kind in _TOLD:
        app.add_exception_handler(kind, tell)


_TOLD: Final = (RequestValidationError, Invalid, InvalidFields, Refused, Unavailable)


def _of_the_framework(
    error: RequestValidationError, locale: str, translator: texts.Translator | None
) -> ProblemDetails:
    errors = cast("Iterable[ErrorDetails]", error.errors())
    details = [_detail(each, locale, translator) for each in error_details(errors)]
    return invalid(details, locale, translator=translator)


def _detail(
    problem: ErrorDetail, locale: str, translator: texts.Translator | None
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
    return {"pointer": pointer_to(path), **detail}


def _answer(body: ProblemDetails, locale: str) -> JSONResponse:
    return JSONResponse(
        body,
        body["status"],
        media_type=MEDIA_TYPE,
        headers={
            "Cache-Control": "no-store",
            "Content-Language": texts.language_of(locale),
        },
    )
