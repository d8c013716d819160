"""
Does a database that speaks PostgreSQL's language keep what we promise?

Run with ``python tests/endurance/engines.py URL``.  The database has to be there, and
empty; what is made in it is taken away again.  It runs the contract suites, races
included, kills processes, and prints how much is done in a second.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import attrs

from winbooks_identity.adapters.sqlalchemy import Capabilities


SUITE = Path(__file__).with_name("engine_suite.py")
CAPABILITIES = [field.name for field in attrs.fields(Capabilities)]


def main() -> None:
    """
    Run the suite, and end as it ends.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", help="of an empty database, as SQLAlchemy reads it")
    parser.add_argument(
        "--capabilities",
        nargs="*",
        choices=CAPABILITIES,
        default=CAPABILITIES,
        help="what it can do; everything by default",
    )
    parser.add_argument("--isolation-level", default="READ COMMITTED")
    parser.add_argument("--no-prepared-statements", action="store_true")
    parser.add_argument(
        "--after-tables", type=Path, help="SQL that spreads the tables, for example"
    )
    parser.add_argument("--kills", type=int, default=50, help="processes to kill")
    parser.add_argument("--seconds", type=float, default=10, help="of each load")
    arguments = parser.parse_args()
    after: Path | None = arguments.after_tables
    said = {
        "url": arguments.url,
        "capabilities": {name: name in arguments.capabilities for name in CAPABILITIES},
        "isolation_level": arguments.isolation_level,
        "prepares_statements": not arguments.no_prepared_statements,
        "after_tables": after.read_text(encoding="utf-8") if after else "",
        "kills": arguments.kills,
        "seconds": arguments.seconds,
    }
    command = [sys.executable, "-m", "pytest", "-n0", "-s", "-q", str(SUITE)]
    environment = {**os.environ, "WINBOOKS_ENGINE": json.dumps(said)}
    sys.exit(subprocess.run(command, env=environment, check=False).returncode)  # noqa: S603  Our own words.


if __name__ == "__main__":
    main()
