"""The Node process seen from Python: one request and one answer a line."""

import json
import subprocess
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from bench.peers.installation import install

JsonObject = dict[str, Any]
BATCH = 200


class PeerError(RuntimeError):
    """The peer refused a request: its error's name and message."""


class Peer:
    """One long-living Node process; closes with the `with` block."""

    def __init__(self, contexts: Mapping[str, JsonObject]) -> None:
        self._process = subprocess.Popen(
            ["node", str(install())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.ask("pin", contexts=dict(contexts))

    def ask(self, command: str, **arguments: Any) -> Any:
        """The answer to one request; PeerError when the peer threw."""
        if self._process.stdin is None or self._process.stdout is None:
            raise PeerError("the peer has no pipes")
        self._process.stdin.write(json.dumps({"do": command, **arguments}).encode() + b"\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline() or b'{"error": {"name": "Exit", "message": "peer ended"}}')
        if "error" in answer:
            raise PeerError(f"{answer['error']['name']}: {answer['error']['message']}")
        return answer["result"]

    def canonicalize(self, documents: Sequence[JsonObject], *, algorithm: str = "SHA-256") -> list[str | JsonObject]:
        """The canonical N-Quads of each document, or {"refused": reason}; asked for in batches."""
        forms: list[str | JsonObject] = []
        for start in range(0, len(documents), BATCH):
            batch = list(documents[start : start + BATCH])
            forms += self.ask("canonicalize", documents=batch, algorithm=algorithm)
        return forms

    def close(self) -> None:
        """End the process."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait(timeout=10)
        if self._process.stdout is not None:
            self._process.stdout.close()

    def __enter__(self) -> Self:
        """Itself, already running."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()
