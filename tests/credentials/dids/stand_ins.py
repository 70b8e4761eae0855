"""A fetcher that answers from a table and keeps count, and a clock that stands still until it is moved."""

import json
from dataclasses import dataclass, field

from skillmark.errors import FetchError
from skillmark.fetching import Fetched


@dataclass
class Table:
    pages: dict[str, object]
    asked: list[str] = field(default_factory=list)

    def fetch(self, url: str, *, limit: int, accept: str = "*/*") -> Fetched:
        self.asked.append(url)
        if url not in self.pages:
            raise FetchError("the address could not be fetched")
        page = self.pages[url]
        body = page if isinstance(page, bytes) else json.dumps(page).encode()
        assert len(body) <= limit
        return Fetched(url=url, status=200, body=body, content_type="application/json", headers={})


@dataclass
class Clock:
    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds
