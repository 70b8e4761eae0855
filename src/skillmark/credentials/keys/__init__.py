"""Keys: reading, weighing, keeping and using Ed25519, P-256, P-384 and RSA. No identifiers, no network."""

from skillmark.credentials.keys.algorithms import Algorithm
from skillmark.credentials.keys.engines import OPENSSL, Engine, fastest_engine
from skillmark.credentials.keys.files import read_key_file, write_key_file
from skillmark.credentials.keys.pem import Passphrase, UnsafePlain
from skillmark.credentials.keys.private import PrivateKey
from skillmark.credentials.keys.public import PublicKey
from skillmark.credentials.keys.signing import LocalSigner, Signer

__all__ = [
    "OPENSSL",
    "Algorithm",
    "Engine",
    "LocalSigner",
    "Passphrase",
    "PrivateKey",
    "PublicKey",
    "Signer",
    "UnsafePlain",
    "fastest_engine",
    "read_key_file",
    "write_key_file",
]
