"""
How much of a request is read?

FastAPI reads a body whole before anything looks at it, however long it is.
"""

from collections.abc import Callable
from typing import Final, final

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ... import texts
from ...forms.problem_details import problem_details
from ...refusals import BodyTooLarge
from ..login_pages import MAX_BODY
from .problems import answer_with, locale_of


__all__ = ["LimitBodies", "short"]


@final
class LimitBodies:
    """
    Answers requests with a longer body with 413, as a problem document.

    ``app.add_middleware(LimitBodies)``, or with ``most=`` for other lengths.  The
    endpoints of `Login` have the limit without it.

    Args:
        app: the application, which Starlette gives.
        most: bytes.
        locale: returns the reader's language; what their browser asks for by default.
        translator: a product's own words, asked first.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        most: int = MAX_BODY,
        locale: Callable[[Request], str] = locale_of,
        translator: texts.Translator | None = None,
    ) -> None:
        self._app: Final = app
        self._most: Final = most
        self._locale = locale
        self._translator = translator

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """
        Let the application answer, unless the body is too long.

        Raises:
            BodyTooLarge: the application read the body while it answered.
        """
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = list[BodyTooLarge]()
        is_answered = False

        async def receive_some() -> Message:
            try:
                return await limited()
            except BodyTooLarge as error:
                refused.append(error)
                raise

        async def send_unless_refused(message: Message) -> None:
            nonlocal is_answered
            # FastAPI answers 400 to whatever goes wrong while it reads.
            if is_answered or not refused:
                is_answered = True
                await send(message)

        limited = short(receive, self._most)
        try:
            await self._app(scope, receive_some, send_unless_refused)
        except BodyTooLarge:
            if is_answered or not refused:
                raise
        if refused and not is_answered:
            await self._refuse(refused[0], scope, receive, send)

    async def _refuse(
        self, error: BodyTooLarge, scope: Scope, receive: Receive, send: Send
    ) -> None:
        locale = self._locale(Request(scope))
        body = problem_details(error, locale, translator=self._translator)
        await answer_with(body, locale)(scope, receive, send)


def short(receive: Receive, most: int) -> Receive:
    """
    Return what receives the body of a request, up to *most* bytes.

    It raises `BodyTooLarge` where there are more.
    """
    left = most

    async def receive_some() -> Message:
        nonlocal left
        message = await receive()
        left -= len(message.get("body", b""))
        if left < 0:
            raise BodyTooLarge(most)
        return message

    return receive_some
