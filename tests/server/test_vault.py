"""Key secrets are sealed by a master key that is a file of its own, and open only where they belong."""

import stat
from pathlib import Path

import pytest

from skillmark.errors import KeyMaterialError
from skillmark.server.credentialing.signing import vault
from skillmark.server.credentialing.signing.models import IssuerKey


@pytest.fixture
def home(tmp_path: Path, settings: object) -> Path:
    settings.SKILLMARK_HOME = tmp_path
    return tmp_path


def test_sealed_secret_opens_again(home: Path) -> None:
    secret = vault.new_secret()
    sealed = vault.seal(secret, bound_to="did:web:a#key-1")
    assert vault.unseal(sealed, bound_to="did:web:a#key-1") == secret
    assert secret not in sealed


def test_sealed_secret_opens_for_no_other_key(home: Path) -> None:
    sealed = vault.seal(vault.new_secret(), bound_to="did:web:a#key-1")
    with pytest.raises(KeyMaterialError, match="does not open"):
        vault.unseal(sealed, bound_to="did:web:b#key-1")


def test_master_key_is_for_its_owner_alone(home: Path) -> None:
    vault.seal(b"x" * 32, bound_to="a")
    mode = stat.S_IMODE((home / vault.MASTER_KEY_FILE).stat().st_mode)
    assert mode == 0o600
    assert [path.name for path in home.iterdir()] == [vault.MASTER_KEY_FILE]


def test_master_key_that_others_can_read_is_refused(home: Path) -> None:
    (home / vault.MASTER_KEY_FILE).write_bytes(b"A" * 44)
    (home / vault.MASTER_KEY_FILE).chmod(0o644)
    with pytest.raises(KeyMaterialError, match="chmod 600"):
        vault.seal(b"x" * 32, bound_to="a")


@pytest.mark.parametrize("content", [b"", b"AAAA", b"not base64 at all!"])
def test_master_key_that_is_none_is_refused(home: Path, content: bytes) -> None:
    (home / vault.MASTER_KEY_FILE).write_bytes(content)
    (home / vault.MASTER_KEY_FILE).chmod(0o600)
    with pytest.raises(KeyMaterialError, match="32 bytes"):
        vault.seal(b"x" * 32, bound_to="a")


def test_other_master_key_does_not_open_this_database(home: Path) -> None:
    sealed = vault.seal(vault.new_secret(), bound_to="a")
    (home / vault.MASTER_KEY_FILE).unlink()
    vault._master_key.cache_clear()
    with pytest.raises(KeyMaterialError, match="Put back the master key"):
        vault.unseal(sealed, bound_to="a")


@pytest.mark.django_db
def test_database_holds_no_secret_in_the_clear() -> None:
    for key in IssuerKey.objects.select_related("organization"):
        secret = vault.unseal(bytes(key.sealed), bound_to=f"{key.organization.did}#{key.fragment}")
        assert len(secret) == 32
        assert secret not in bytes(key.sealed)
