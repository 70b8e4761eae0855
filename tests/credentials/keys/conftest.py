"""One RSA key for all tests of this folder: drawing one takes a while."""

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from skillmark.credentials.keys import PrivateKey


@pytest.fixture(scope="session")
def rsa_key() -> PrivateKey:
    return PrivateKey.of(rsa.generate_private_key(public_exponent=65537, key_size=2048))
