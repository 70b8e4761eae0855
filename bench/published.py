"""What both sides find published: the status list with its bits, the JSON Schema, a registry, and a fetcher for us."""

import base64
import json
import random
from datetime import UTC, datetime
from functools import cache
from typing import Any

from bench import document
from skillmark.credentials.encoding.strict_json import dumps
from skillmark.credentials.keys import Signer
from skillmark.credentials.model.schemas import FOLDER
from skillmark.credentials.proofs.data_integrity import add_proof
from skillmark.credentials.status import StatusList, status_list_credential
from skillmark.errors import FetchError
from skillmark.fetching import Fetched

JsonObject = dict[str, Any]

CREATED = "2024-02-01T09:00:00Z"
NOW = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)
REGISTRY_URL = "https://registry.example.org/registry.json"
REGISTRIES = [{"name": "Example Registry", "type": "dcc-legacy", "url": REGISTRY_URL}]


def clock() -> datetime:
    """The moment at which we verify."""
    return NOW


@cache
def status_list() -> StatusList:
    """1 % of the positions set, none of them one of the measured awards."""
    taken = {int(award.status_index) for award in document.awards()}
    free = [index for index in range(document.STATUS_ENTRIES) if index not in taken]
    bits = StatusList(document.STATUS_ENTRIES)
    for index in random.Random(1).sample(free, k=document.STATUS_ENTRIES // 100):
        bits.set(index)
    return bits


def bits() -> str:
    """The decoded list, for the peer that keeps it decoded."""
    return base64.b64encode(bytes(status_list())).decode()


def signed_list(signer: Signer) -> JsonObject:
    """The list credential, signed by the issuer of the measured document."""
    span = {"valid_from": datetime(2024, 1, 1, tzinfo=UTC), "valid_until": datetime(2099, 1, 1, tzinfo=UTC)}
    url = document.STATUS_LIST_URL
    unsigned = status_list_credential(url, signer.controller, status_list(), purpose="revocation", **span)
    return add_proof(unsigned, signer, created=CREATED)


def schema() -> JsonObject:
    """The schema that our own verification uses."""
    loaded: JsonObject = json.loads((FOLDER / "achievement-credential.json").read_bytes())
    return loaded


def schema_of_2019() -> JsonObject:
    """The same schema for a validator of JSON Schema 2019-09, where tuples are spelled otherwise."""
    return {**_older(schema()), "$schema": "https://json-schema.org/draft/2019-09/schema"}


def _older(value: Any) -> Any:
    if isinstance(value, list):
        return [_older(item) for item in value]
    if not isinstance(value, dict):
        return value
    older = {name: _older(item) for name, item in value.items()}
    if "prefixItems" in older:
        older["additionalItems"] = older.pop("items", {})
        older["items"] = older.pop("prefixItems")
    return older


def for_peer(signer: Signer) -> JsonObject:
    """Everything a peer that fetches by itself may find, by URL."""
    return {
        document.STATUS_LIST_URL: signed_list(signer),
        document.SCHEMA_URL: schema_of_2019(),
        REGISTRY_URL: {
            "registry": {signer.controller: {"name": "Example", "url": "https://example.edu", "location": ""}}
        },
    }


class LocalFetcher:
    """Fetches the status list from memory and nothing else."""

    def __init__(self, signer: Signer) -> None:
        self._body = dumps(signed_list(signer))

    def fetch(self, url: str, *, limit: int, accept: str = "*/*") -> Fetched:
        """The status list."""
        if url != document.STATUS_LIST_URL or len(self._body) > limit:
            raise FetchError(f"{url} is not published here")
        return Fetched(url=url, status=200, body=self._body, content_type=accept, headers={})
