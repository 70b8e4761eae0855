"""Making issuer keys, and lending a signer. The secret never leaves this app."""

from __future__ import annotations

from functools import lru_cache

from django.db import transaction

from skillmark.credentials.keys import Algorithm, LocalSigner, PrivateKey, Signer
from skillmark.errors import KeyMaterialError
from skillmark.server.credentialing.signing import vault
from skillmark.server.credentialing.signing.models import IssuerKey
from skillmark.server.foundation.audit.actions import record
from skillmark.server.parties.organizations.models import Organization


@transaction.atomic
def add_key(organization: Organization) -> IssuerKey:
    """Make the organisation's signing key. There is one at a time; the database sees to it."""
    secret = vault.new_secret()
    number = IssuerKey.objects.filter(organization=organization).count() + 1
    fragment = f"key-{number}"
    key = IssuerKey.objects.create(
        organization=organization,
        fragment=fragment,
        algorithm=Algorithm.ED25519,
        public_key=PrivateKey.from_seed(secret).public.to_multikey(),
        sealed=vault.seal(secret, bound_to=_name(organization.did, fragment)),
    )
    record("key.add", organization_id=organization.pk, subject=fragment, public_key=key.public_key)
    return key


def signer_for(organization: Organization) -> tuple[IssuerKey, Signer]:
    """The key that signs for an organisation now, and a signer that uses it."""
    key = IssuerKey.objects.filter(organization=organization, retired_at=None, withdrawn_at=None).first()
    if key is None:
        raise KeyMaterialError(f"{organization.name} has no signing key. Add one first.", rule="no-signing-key")
    return key, _signer(bytes(key.sealed), did=organization.did, fragment=key.fragment)


@lru_cache(maxsize=256)
def _signer(sealed: bytes, *, did: str, fragment: str) -> Signer:
    secret = vault.unseal(sealed, bound_to=_name(did, fragment))
    return LocalSigner(
        PrivateKey.from_seed(secret, Algorithm.ED25519), verification_method=_name(did, fragment), controller=did
    )


def _name(did: str, fragment: str) -> str:
    return f"{did}#{fragment}"
