# /// script
# requires-python = ">=3.11"
# dependencies = ["winbooks-identity[flask,phone,seal,sqlalchemy]"]
#
# [tool.uv.sources]
# winbooks-identity = { path = "../..", editable = true }
# ///
"""
How does the Portal feel, on the real thing?

    uv run docs/examples/try_the_portal.py

Everything that the pages decide is the library's, on a SQLite file that is gone when
the program ends.  The office is invented, and no mail leaves the machine.
"""

import tempfile
from contextlib import suppress
from pathlib import Path

from portal.app import HOST, make_app
from portal.demonstration import invented_office
from werkzeug.serving import WSGIRequestHandler, make_server


PORT = 8042


class Quiet(WSGIRequestHandler):
    """
    Logs no request: the token of a mailed link stands in the address of its page.
    """

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """
        Write nothing.
        """


def main() -> None:
    """
    Serve the pages until they are interrupted.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        invented_office(Path(folder)) as (portal, people),
        suppress(KeyboardInterrupt),
    ):
        app = make_app(portal, people)
        server = make_server(HOST, PORT, app, threaded=True, request_handler=Quiet)
        print(f"http://{HOST}:{PORT}/ shows the Portal; Ctrl+C ends it.")  # noqa: T201  A program speaks.
        server.serve_forever()


if __name__ == "__main__":
    main()
