"""Asking the VC-API as a test suite does, and the documents that the suites' fixtures are like."""

import json
import uuid
from dataclasses import dataclass
from typing import Any

from django.test import Client

from skillmark.server.doors.api.vcapi.issuers import issuers

V2 = "https://www.w3.org/ns/credentials/v2"
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
PATHS = [
    "eddsa-rdfc-2022",
    "eddsa-jcs-2022",
    "ecdsa-rdfc-2019/p256",
    "ecdsa-rdfc-2019/p384",
    "ecdsa-jcs-2019/p256",
    "ecdsa-jcs-2019/p384",
]
REFUSED = {400, 422}


@dataclass(frozen=True)
class Surface:
    """The endpoints, over Django's client; every answer must be JSON."""

    client: Client

    def post(self, path: str, body: Any) -> tuple[int, Any]:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        response = self.client.post(f"/vcapi/{path}", data=content, content_type="application/json")
        return response.status_code, json.loads(response.content)

    def get(self, path: str, **query: str) -> tuple[int, Any]:
        response = self.client.get(path, query)
        return response.status_code, json.loads(response.content)

    def issue(self, credential: Any, path: str = PATHS[0], **body: Any) -> tuple[int, Any]:
        return self.post(f"issuers/{path}/credentials/issue", {"credential": credential, **body})

    def issued(self, path: str = PATHS[0], **members: Any) -> Any:
        status, secured = self.issue(credential(path, **members), path)
        assert status == 201, secured
        return secured

    def verify(self, secured: Any, **options: Any) -> int:
        status, answer = self.post("credentials/verify", {"verifiableCredential": secured, "options": options})
        assert answer.get("errors") == [] if status == 200 else answer["errors"]
        return status

    def verify_proof(self, secured: Any, **options: Any) -> int:
        body = {"verifiableCredential": secured, "options": options}
        return self.post("proof-only/credentials/verify", body)[0]

    def present(self, presentation: Any, **options: Any) -> int:
        body = {"verifiablePresentation": presentation, "options": options}
        return self.post("presentations/verify", body)[0]


def did(path: str = PATHS[0]) -> str:
    """The issuer of an address, as a suite takes it from the manifest."""
    return issuers()[path].did


def credential(path: str = PATHS[0], **members: Any) -> dict[str, Any]:
    """A small credential; a member of None is left out."""
    document = {
        "@context": [V2],
        "id": f"urn:uuid:{uuid.uuid4()}",
        "type": ["VerifiableCredential"],
        "issuer": did(path),
        "credentialSubject": {"id": "did:example:subject"},
        **members,
    }
    return {name: value for name, value in document.items() if value is not None}
