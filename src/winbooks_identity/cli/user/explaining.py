"""
Why can users sign in and open something, or what is missing?
"""

from collections.abc import Iterable
from typing import Annotated

from cyclopts import Parameter
from rich.console import Group, RenderableType
from rich.text import Text

from ... import authorization
from ...explain import DIGITAL_PRODUCTS
from ...explain import explain as explain_access
from ...portal import Portal
from ..answer import Answer, in_json
from ..narrow import below
from ..options import OnScreen
from ..screen import Screen
from .carrying_out import Actors, look_up
from .inquiry import Found, of_all
from .options import Users, Whom
from .possible import StepsFound
from .sign_in import SIGN_IN, Said, sign_in_of
from .whom import Target


__all__ = ["explain"]


def explain(
    whom: Whom = None,
    /,
    *,
    dossier: Annotated[
        tuple[str, ...], Parameter(name="--dossier", help="cli.option.explained")
    ] = (),
    steps: Annotated[
        bool, Parameter(negative="", help="cli.option.explained_steps")
    ] = False,
    users: Users,
    screen: OnScreen,
) -> Answer:
    """
    Say why users can sign in and open a dossier or the digital products, or not.
    """

    def ask(portal: Portal, target: Target, actors: Actors) -> Found:
        user, by = look_up(portal, target, actors)
        answers: dict[str, list[Said]] = {}
        if authorization.reads_personal_data(by, user):
            answers[SIGN_IN] = sign_in_of(portal, user, by=by, screen=screen)
        for subject in dossier or (DIGITAL_PRODUCTS,):
            found = explain_access(user, subject)
            answers[subject] = [
                *(Said(in_json(each, screen), "+") for each in found.granted),
                *(Said(in_json(each, screen), "-") for each in found.missing),
            ]
        shown = [_in_words(name, said, screen) for name, said in answers.items()]
        document = [_in_json(name, said) for name, said in answers.items()]
        if not steps:
            return Found({"answers": document}, Group(*shown))
        possible = StepsFound.of(portal, user, by=by, screen=screen)
        return Found(
            {"answers": document, "steps": possible.in_json()},
            Group(*shown, possible.in_words()),
        )

    return of_all(whom, users, ask, screen)


def _in_json(subject: str, said: Iterable[Said]) -> dict[str, object]:
    by_sign = {
        sign: [each.document for each in said if each.sign == sign] for sign in "+-*"
    }
    return {
        "subject": subject,
        "has_access": not by_sign["-"],
        "granted": by_sign["+"],
        "missing": by_sign["-"],
        "notes": by_sign["*"],
    }


def _in_words(subject: str, said: Iterable[Said], screen: Screen) -> RenderableType:
    names = {SIGN_IN: "cli.user.sign_in", DIGITAL_PRODUCTS: "cli.user.digital_products"}
    name = screen.text(names[subject]) if subject in names else subject
    return below(
        Text(name),
        *(
            Text(f"{each.sign} {each.document['message']}", each.style)
            for each in sorted(said, key=lambda each: "+-*".index(each.sign))
        ),
    )
