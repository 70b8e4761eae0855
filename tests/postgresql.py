"""A PostgreSQL server for one test run: a fresh cluster in a folder of its own, reached by a Unix socket only."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

SETTINGS = "-c listen_addresses= -c fsync=off -c unix_socket_directories="


@contextmanager
def running(programs: Path) -> Iterator[str]:
    """Start a server with the programs of this folder and give the URL of its database; stop and delete it after."""
    folder = Path(tempfile.mkdtemp(prefix="skillmark-postgres-"))
    cluster = folder / "cluster"
    try:
        if os.geteuid() == 0:
            os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
        run(programs / "initdb", "--pgdata", cluster, "--username=postgres", "--auth=trust", "--encoding=UTF8")
        run(programs / "pg_ctl", "--pgdata", cluster, "-o", SETTINGS + str(folder), "-l", folder / "log", "-w", "start")
        try:
            yield f"postgres://postgres@{quote(str(folder), safe='')}/postgres"
        finally:
            run(programs / "pg_ctl", "--pgdata", cluster, "--mode=immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run(*command: object) -> None:
    """Run one of the server's programs, which refuse to work as root."""
    user = "nobody" if os.geteuid() == 0 else None
    subprocess.run(list(map(str, command)), check=True, cwd="/", user=user, stdout=subprocess.DEVNULL)
