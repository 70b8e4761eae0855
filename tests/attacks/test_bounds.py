"""Time and memory that one request may cost (security design, part 5): 5 s, 2 s of processor, 64 MB."""

import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path

import pytest

from tests.attacks import corpus as reading
from tests.attacks.conftest import Site
from tests.attacks.corpus import Attack
from tests.attacks.lists import ListServer

pytestmark = pytest.mark.usefixtures("shared")
WALL, PROCESSOR, GROWTH = 5.0, 2.0, 64 << 20
ROOT = Path(__file__).parents[2]
BOUNDED = [pytest.param(attack, id=attack.name) for attack in reading.attacks() if attack.bounded]
CLIQUE = [param for param in BOUNDED if param.values[0].id == "A22"]


@pytest.mark.parametrize("attack", BOUNDED)
def test_library_stays_within_bounds(attack: Attack, corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "content").write_bytes(attack.content)
    (tmp_path / "lists").write_text(json.dumps({url: body.decode() for url, body in attack.lists.items()}))
    files = [corpus / "A01-eddsa.jwt", tmp_path / "content", tmp_path / "lists"]
    line = [sys.executable, "-m", "tests.attacks.measured", *map(str, files)]
    done = subprocess.run(line, capture_output=True, check=False, timeout=60, cwd=ROOT, env=os.environ)
    assert done.returncode == 0, done.stderr.decode()
    cost = json.loads(done.stdout)
    assert cost["verdict"] in attack.verdicts
    assert cost["wall"] < WALL
    assert cost["processor"] < PROCESSOR
    assert cost["growth"] < GROWTH


@pytest.mark.loopback
@pytest.mark.parametrize("attack", BOUNDED)
def test_site_stays_within_bounds(attack: Attack, running_site: Site, list_server: ListServer, corpus: Path) -> None:
    list_server.offer(attack.lists)
    for _ in range(3):
        post(running_site, (corpus / "A01-eddsa.jwt").read_bytes())
    memory, used, started = running_site.peak(), running_site.seconds(), time.monotonic()
    status, _text = post(running_site, attack.content)
    assert time.monotonic() - started < WALL
    assert running_site.seconds() - used < PROCESSOR
    assert running_site.peak() - memory < GROWTH
    assert status in attack.statuses


@pytest.mark.loopback
@pytest.mark.parametrize("attack", CLIQUE)
def test_second_request_is_served_while_the_poison_is_looked_at(attack: Attack, running_site: Site) -> None:
    """Thirty poison graphs at once, and a page asked for in their midst."""
    poison = [threading.Thread(target=post, args=(running_site, attack.content)) for _ in range(30)]
    for thread in poison:
        thread.start()
    started = time.monotonic()
    with urllib.request.urlopen(f"{running_site.address}/catalogue", timeout=WALL) as answer:
        assert answer.status == 200
    assert time.monotonic() - started < WALL
    for thread in poison:
        thread.join(timeout=60)
        assert not thread.is_alive()


@pytest.mark.loopback
def test_whole_corpus_leaves_the_site_running_and_its_log_clean(running_site: Site, list_server: ListServer) -> None:
    for attack in reading.attacks():
        list_server.offer(attack.lists)
        assert post(running_site, attack.content)[0] in attack.statuses, attack.name
    assert post(running_site, b"{}")[0] < 500
    log = (running_site.home / "log").read_text()
    assert "Traceback" not in log
    assert "PRIVATE KEY" not in log


def post(site: Site, content: bytes) -> tuple[int, str]:
    """Send a file to the verify page of a running site, as a browser does: status and text."""
    with urllib.request.urlopen(f"{site.address}/verify", timeout=30) as form:
        text, cookie = form.read().decode(), form.headers["Set-Cookie"].partition(";")[0]
    token = text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
    mark = uuid.uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'.encode(),
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'.encode(),
        content,
        f"\r\n--{mark}--\r\n".encode(),
    ]
    headers = {"Content-Type": f"multipart/form-data; boundary={mark}", "Cookie": cookie, "Referer": site.address}
    request = urllib.request.Request(f"{site.address}/verify", data=b"".join(parts), headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()
