"""What is required and absent fails; what is only absent skips, with its reason."""

import socket

import psycopg
import pytest

from tests import machine


def test_required_thing_that_is_absent_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLMARK_REQUIRE", "node,chromium")
    with pytest.raises(pytest.fail.Exception, match="chromium is required and absent: look under the sofa"):
        machine.need("chromium", None, "look under the sofa")


def test_thing_that_nobody_requires_is_skipped_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLMARK_REQUIRE", "node")
    with pytest.raises(pytest.skip.Exception, match="chromium is absent: look under the sofa"):
        machine.need("chromium", None, "look under the sofa")


def test_misspelt_requirement_stops_the_run() -> None:
    with pytest.raises(pytest.UsageError, match="postgress"):
        machine.required("shared, postgress")


def test_shared_folder_that_does_not_exist_counts_as_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SKILLMARK_SHARED", "/nowhere/at/all")
    assert machine.shared() is None


def test_no_test_can_open_a_socket() -> None:
    with pytest.raises(RuntimeError, match="socket"), pytest.warns(UserWarning, match="socket"):
        socket.create_connection(("127.0.0.1", 9))


@pytest.mark.loopback
def test_marked_test_may_talk_to_its_own_machine() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as ours,
        server.accept()[0] as theirs,
    ):
        ours.sendall(b"hello")
        assert theirs.recv(5) == b"hello"


def test_throwaway_postgres_answers(postgres: str) -> None:
    with psycopg.connect(postgres) as connection:
        assert connection.execute("select 6 * 7").fetchone() == (42,)
