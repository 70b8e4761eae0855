"""What a presentation shows, and who endorses a credential, each with a verdict of its own."""

import html
import json
from collections.abc import Callable

import pytest
from django.test import Client

from skillmark.credentials.dids import did_key_signer
from skillmark.credentials.encoding.strict_json import dumps
from skillmark.credentials.keys import PrivateKey
from skillmark.credentials.proofs.data_integrity import add_proof
from skillmark.server.credentialing.issuance.models import IssuedCredential

Find = Callable[[str], IssuedCredential]
CREATED = "2025-06-01T00:00:00Z"


@pytest.fixture
def holder() -> object:
    return did_key_signer(PrivateKey.from_seed(b"h" * 32))


def verify(client: Client, document: bytes) -> str:
    return html.unescape(client.post("/verify", {"text": document.decode()}).content.decode())


def presentation(holder: object, *credentials: dict) -> bytes:
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiablePresentation"],
        "holder": holder.controller,
        "verifiableCredential": list(credentials),
    }
    return dumps(add_proof(document, holder, created=CREATED, purpose="authentication"))


def test_each_credential_shown_has_its_own_verdict(
    visitor_without_form_check: Client, credential_of: Find, holder: object
) -> None:
    one = json.loads(bytes(credential_of("data-storytelling").document))
    two = json.loads(bytes(credential_of("safe-robot-collaboration").document))
    text = verify(visitor_without_form_check, presentation(holder, one, two))
    assert "It shows 2 credentials" in text
    assert "Data Storytelling" in text
    assert "Valid, issuer not listed" in text


def test_forged_credential_in_a_sound_presentation_is_named_and_not_shown(
    visitor_without_form_check: Client, credential_of: Find, holder: object
) -> None:
    forged = json.loads(bytes(credential_of("data-storytelling").document))
    forged["name"] = forged["credentialSubject"]["achievement"]["name"] = "Brain Surgery"
    text = verify(visitor_without_form_check, presentation(holder, forged))
    assert "Do not rely on this" in text
    assert "Brain Surgery" not in text
