"""
Which Django project do all tests share?

The one of the page on storing in Django, with a second database, Django's own
accounts and admin, and an app of its own.  Settings are made once for a process: importing this module does it.
"""

import django
import portal_settings
from django.conf import settings


_ON_PAGE = {
    name: value for name, value in vars(portal_settings).items() if name.isupper()
}
_DATABASES = {
    **portal_settings.DATABASES,
    "postgresql": {"ENGINE": "django.db.backends.postgresql"},
}

_APPS = [
    *portal_settings.INSTALLED_APPS,
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.admin",
    "django_tables",
]

settings.configure(
    **_ON_PAGE | {"DATABASES": _DATABASES, "INSTALLED_APPS": _APPS},
    SECRET_KEY="of no use to anybody",
)
django.setup()
