"""
The product of the page runs, from nothing to the link in a mail.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


PRODUCT = Path(__file__).parents[2] / "docs/how-to/examples/django_product"

#: The commands of the page, and what a person does with a browser: the first sign-in,
#: and a forgotten password.
VISIT = """
import contextlib, io, os, pathlib
os.environ["DJANGO_SETTINGS_MODULE"] = "product.settings"
import django
from winbooks_identity.adapters import key_ring
key_ring.create(pathlib.Path("portal.keys"))
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
settings.ALLOWED_HOSTS = ["*"]
call_command("check", tags=["security", "compatibility"], fail_level="ERROR")
call_command("makemigrations", check=True, verbosity=0)
call_command("migrate", verbosity=0)
with contextlib.redirect_stdout(io.StringIO()) as printed:
    import first_office
name, password = printed.getvalue().split()
assert "an.peeters@example.org" == name
client = Client()
at_the_door = client.get("/", follow=True)
assert "Sign in" in at_the_door.content.decode(), at_the_door.content
sent = {"winbooks_id": name, "password": password}
change = client.post(at_the_door.request["PATH_INFO"], sent)
own = "krokus Zadel 71 ventilator?"
sent = {"winbooks_id": name, "current_password": password, "password": own}
home = client.post(change.headers["Location"], sent, follow=True)
assert f"<h1>An</h1>" in home.content.decode(), home.content
assert "/portal/change-password" in home.content.decode()
client.post("/portal/sign-out")
assert 302 == client.get("/").status_code
client.post("/portal/forgotten-password", {"winbooks_id": name})
from django.contrib.auth.models import User
operator = User.objects.create_superuser("operator")
client.force_login(operator, "django.contrib.auth.backends.ModelBackend")
assert "<h1>operator</h1>" in client.get("/").content.decode()
assert name in client.get("/admin/winbooks_identity/user/").content.decode()
call_command("deliver_mails", once=True)
"""


@pytest.mark.slow  # A project is set up from nothing.
def test_from_nothing_to_a_link_in_a_mail(tmp_path: Path) -> None:
    """
    Everything on the page does what it says.
    """
    project = tmp_path / "shop"
    shutil.copytree(PRODUCT, project, ignore=shutil.ignore_patterns("__pycache__"))

    done = subprocess.run(  # noqa: S603  Our own text.
        [sys.executable, "-W", "error", "-c", VISIT],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert 0 == done.returncode, done.stderr
    assert "SENT" in done.stdout
    pattern = r"^ +http://127\.0\.0\.1:8000/portal/set-password\?token=\S{70,}$"
    assert re.search(pattern, done.stdout, re.MULTILINE)
