"""
Which Django project do all tests share?  Settings are made once for a process.

Importing this module sets Django up.  Where its databases are is known when a
fixture makes them.
"""

import django
from django.conf import settings


settings.configure(
    INSTALLED_APPS=["identities"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 30,
                "init_command": (
                    "PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON;"
                ),
            },
        },
        "postgresql": {"ENGINE": "django.db.backends.postgresql"},
    },
    USE_TZ=True,
)
django.setup()
