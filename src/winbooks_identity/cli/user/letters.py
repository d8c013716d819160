"""
What writes the mails with links that a command asks for?
"""

from typing import Annotated, final

import attrs
from cyclopts import Parameter

from ...adapters.letters import StandardLinkLetters
from ...texts import Translator
from ..options import PortalUrl, Sender
from ..usage import WrongUsage


__all__ = ["LinkMail", "link_letters"]


@final
@Parameter(name="*")
@attrs.frozen(kw_only=True)
class LinkMail:
    """
    Who writes the mails with links, and where the links lead to.
    """

    sender: Sender = None
    portal_url: PortalUrl = None
    page: Annotated[
        str | None,
        Parameter(
            env_var="WINBOOKS_IDENTITY_LINK_PAGE",
            show_env_var=False,
            help="cli.option.link_page",
        ),
    ] = None


def link_letters(
    options: LinkMail | None, translator: Translator | None
) -> StandardLinkLetters:
    """
    Return what writes mails whose links lead to the page of *options*.

    Raises:
        WrongUsage: an address is missing or wrong.
    """
    given = options or LinkMail()
    if given.sender is None or given.portal_url is None or given.page is None:
        raise WrongUsage("cli.usage.no_link_page")
    try:
        return StandardLinkLetters(
            given.sender,
            given.portal_url,
            set_password_url=given.page,
            confirm_id_url=given.page,
            translator=translator,
        )
    except ValueError as error:
        raise WrongUsage("cli.usage.wrong_link_page") from error
