"""The same site on PostgreSQL: schema, demonstration data, and a credential that verifies."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
from skillmark.server.config import starting
starting.prepare()
from skillmark.server.demo.loading import load
print(load())
from django.db import connection
from django.test import Client
from skillmark.server.credentialing.issuance.models import IssuedCredential
print(connection.vendor)
issued = IssuedCredential.objects.order_by("id")[0]
page = Client().get(f"/credentials/{issued.token}", headers={"Host": "localhost"}).content.decode()
print(page.count(">Intact<"), page.count(">Current<"))
found = Client().get("/catalogue?q=INTERCULTURAL&level=5", headers={"Host": "localhost"}).content.decode()
print(found.count("card-title"))
"""


@pytest.mark.loopback
def test_site_works_on_postgresql(postgres: str, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("SKILLMARK_", "DJANGO_"))}
    environment |= {"DATABASE_URL": postgres, "SKILLMARK_HOME": str(tmp_path)}
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines() == [
        "Demonstration data: 4 organisations, 49 signed credentials.",
        "postgresql",
        "1 1",
        "1",
    ]
