"""
What does an operator alarm on?
"""

from .answer import Answer
from .opening import opened
from .options import Database, KeyFile, OnScreen


__all__ = ["metrics"]


def metrics(
    *, database: Database, key_file: KeyFile = None, screen: OnScreen
) -> Answer:
    """
    Write how the mails are doing, in the text format of Prometheus.
    """
    del screen
    with opened(database, key_file=key_file) as portal:
        return Answer(
            document={"mails": portal.mails.figures()}, raw=portal.mails.metrics()
        )
