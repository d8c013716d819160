"""
How is a portal opened on a database, with the parts that the library ships?
"""

from collections.abc import Mapping, Sequence
from typing import Final, TypedDict, Unpack

from sqlalchemy import Engine, make_url

from ..attempts import LIMITS, AttemptLimits
from ..mail.one_time_link import OneTimeLinks
from ..observing import Observer
from ..passwords import PasswordPolicy
from ..passwords.breached import BreachedPasswords
from ..passwords.strength import StrengthEstimator
from ..portal import Portal
from ..ports import Attempts, Letters, LinkLetters, OnWebDirectory, PasswordHasher
from ..retention import Retention
from ..synchronisation import PlanFiles
from .aesgcm import AesGcmSealer
from .argon2 import Argon2Hasher
from .key_ring import for_purpose
from .letters import StandardLetters, StandardLinkLetters
from .sqlalchemy import (
    SqlAlchemyAttempts,
    SqlAlchemyOutboxQueue,
    SqlAlchemyStandby,
    SqlAlchemyStorage,
    migrations,
    open_postgresql,
    open_sqlite,
    open_standby,
)


__all__ = [
    "INVENTED_PORTAL",
    "INVENTED_SENDER",
    "Parts",
    "open_portal",
    "portal_on",
]

#: Addresses that no one has (RFC 2606, 3): for mails that only get looked at.
INVENTED_SENDER: Final = "portal@winbooks.example"
INVENTED_PORTAL: Final = "https://portal.winbooks.example/"


class Parts(TypedDict, total=False):
    """
    What a product chooses in place of what is shipped; each part may be left out.
    """

    #: What passwords keep to; the Portal's rule by default.
    policy: PasswordPolicy | None
    #: Where leaked passwords are looked up; nowhere by default.
    breached: BreachedPasswords | None
    #: What scores the strength of passwords; zxcvbn by default.
    estimator: StrengthEstimator | None
    #: What turns passwords into what is stored; Argon2id by default.
    hasher: PasswordHasher | None
    #: What writes the mails with login data; by default with invented addresses,
    #: which is enough to look at them.
    letters: Letters | None
    #: What writes the mails with links; by default likewise.
    link_letters: LinkLetters | None
    #: What limits attempts; by default a table in the database.
    attempts: Attempts | None
    #: How many attempts may fail, in that table; `attempts.LIMITS` by default.
    attempt_limits: AttemptLimits | None
    #: The logins of WinBooks on Web, for licences of that product.
    on_web: OnWebDirectory | None
    #: What hears of what happens; see `observing`.
    observers: Sequence[Observer] | None
    #: How long what happened is kept; `Retention` says its defaults.
    retention: Retention | None


def open_portal(
    url: str,
    *,
    keys: Mapping[str, bytes],
    standby: str | None = None,
    **parts: Unpack[Parts],
) -> Portal:
    """
    Return the portal on the database at *url*; its tables have to be there.

    Args:
        url: such as ``postgresql://user@host/database`` or
            ``sqlite:////path/to/file``.
        keys: as `key_ring.load` returns them; see `portal_on`.
        standby: the address of a PostgreSQL that follows the one at *url*; `reports`
            reads there.  It need not be there now.
        parts: see `Parts`; `letters` and `link_letters` are asked for, as their
            mails go to people.

    Raises:
        TypeError: *parts* have no letters, or no letters for links.
        StorageNotReady: the tables are missing, or of another version.
        StorageBusy: the database does not answer; call again.
        ValueError: there is no key, one is too short, or an address names a driver
            other than psycopg.
    """
    asked_for = ("letters", "link_letters")
    if missing := [name for name in asked_for if parts.get(name) is None]:
        raise TypeError(f"open_portal needs {' and '.join(missing)}")
    address = make_url(url)
    is_file = address.get_backend_name() == "sqlite" and address.database
    engine = open_sqlite(is_file) if is_file else open_postgresql(address)
    try:
        migrations.check(engine)
        second = None if standby is None else open_standby(standby)
        return portal_on(engine, keys, standby=second, **parts)
    except BaseException:
        engine.dispose()
        raise


def portal_on(
    engine: Engine,
    keys: Mapping[str, bytes],
    *,
    standby: Engine | None = None,
    **parts: Unpack[Parts],
) -> Portal:
    """
    Return the portal on *engine*; closing it disposes of the engines.

    Args:
        engine: opened by `open_sqlite` or `open_postgresql`.
        keys: secrets by their ids, the first one in use; what seals the mails,
            signs the links and the saved plans, and names the counters of attempts
            is derived from them, so that none helps against the others.
        standby: opened by `open_standby`; `reports` reads there.
        parts: see `Parts`.

    Raises:
        ValueError: there is no key, or one is too short.
    """
    engines = [engine] if standby is None else [engine, standby]

    def close() -> None:
        for each in engines:
            each.dispose()

    return Portal(
        SqlAlchemyStorage(engine),
        standby=None if standby is None else SqlAlchemyStandby(standby, primary=engine),
        attempts=parts.get("attempts")
        or SqlAlchemyAttempts(
            engine,
            key=next(iter(for_purpose(keys, "attempts").values())),
            limits=parts.get("attempt_limits") or LIMITS,
        ),
        queue=SqlAlchemyOutboxQueue(engine),
        hasher=parts.get("hasher") or Argon2Hasher(),
        letters=parts.get("letters")
        or StandardLetters(INVENTED_SENDER, INVENTED_PORTAL),
        sealer=AesGcmSealer(for_purpose(keys, "outbox")),
        policy=parts.get("policy") or PasswordPolicy(),
        breached=parts.get("breached"),
        estimator=parts.get("estimator"),
        links=OneTimeLinks([*for_purpose(keys, "links").values()]),
        link_letters=parts.get("link_letters")
        or StandardLinkLetters(
            INVENTED_SENDER,
            INVENTED_PORTAL,
            set_password_url=f"{INVENTED_PORTAL}password",
            confirm_id_url=f"{INVENTED_PORTAL}confirm",
        ),
        plan_files=PlanFiles([*for_purpose(keys, "plan").values()]),
        on_web=parts.get("on_web"),
        retention=parts.get("retention") or Retention(),
        observers=parts.get("observers") or (),
        on_close=close,
    )
