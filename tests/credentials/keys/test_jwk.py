"""A JSON Web Key is read only in its one exact spelling, for signatures, and without private members."""

import base64
import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from skillmark.credentials.keys import Algorithm, PrivateKey, PublicKey
from skillmark.errors import KeyMaterialError

# RFC 8037 appendix A.1 to A.3
ED25519 = {
    "kty": "OKP",
    "crv": "Ed25519",
    "d": "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
}
# RFC 7517 appendix A.1 and A.2
P256 = {
    "kty": "EC",
    "crv": "P-256",
    "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
    "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
    "d": "870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE",
}
# RFC 7638 §3.1
RSA_MODULUS = (
    "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2"
    "W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08"
    "qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"
)
RSA = {"kty": "RSA", "n": RSA_MODULUS, "e": "AQAB"}
PUBLIC_ED25519 = {name: text for name, text in ED25519.items() if name != "d"}
PUBLIC_P256 = {name: text for name, text in P256.items() if name != "d"}


def url(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def octets(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def fault(jwk: dict) -> str:
    with pytest.raises(KeyMaterialError) as caught:
        PublicKey.from_jwk(jwk)
    return caught.value.rule


@pytest.mark.parametrize(
    ("jwk", "algorithm", "thumbprint"),
    [
        (PUBLIC_ED25519, Algorithm.ED25519, "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"),
        (RSA, Algorithm.RSA, "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"),
        (PUBLIC_P256, Algorithm.P256, "cn-I_WNMClehiVp51i_0VpOENW1upEerA8sEam5hn-s"),
    ],
)
def test_published_keys_are_read_and_written_alike(jwk: dict, algorithm: Algorithm, thumbprint: str) -> None:
    key = PublicKey.from_jwk(jwk)
    assert key.algorithm is algorithm
    assert key.to_jwk() == jwk
    assert key.thumbprint == thumbprint


@pytest.mark.parametrize("name", ["vm-ed25519", "vm-p256", "vm-p384"])
def test_published_key_pairs_sign_and_verify(shared: Path, name: str) -> None:
    method = json.loads((shared / "vectors/vc-jose-cose" / f"{name}.json").read_text())
    private = PrivateKey.from_jwk(method["secretKeyJwk"])
    public = PublicKey.from_jwk(method["publicKeyJwk"])
    assert private.public == public
    assert public.thumbprint == method["publicKeyJwk"]["kid"]
    assert public.verify(private.sign(b"message"), b"message")


def private_rsa(key: PrivateKey) -> dict[str, str]:
    numbers = key.handle.private_numbers()
    members = {"d": numbers.d, "p": numbers.p, "q": numbers.q}
    members |= {"dp": numbers.dmp1, "dq": numbers.dmq1, "qi": numbers.iqmp}
    members |= {"n": numbers.public_numbers.n, "e": numbers.public_numbers.e}
    return {"kty": "RSA"} | {
        name: url(value.to_bytes((value.bit_length() + 7) // 8, "big")) for name, value in members.items()
    }


def test_private_rsa_key_is_read(rsa_key: PrivateKey) -> None:
    assert PrivateKey.from_jwk(private_rsa(rsa_key)).public == rsa_key.public


def test_published_rsa_keys_with_leading_zeros_or_padding_are_refused(shared: Path) -> None:
    vectors = json.loads((shared / "vectors/did-key/rsa.json").read_text())
    faults = [private_fault(entry["privateKeyJwk"]) for entry in vectors.values()]
    assert faults == ["key-malformed", "key-malformed"]


@pytest.mark.parametrize("member", ["d", "p", "q", "dp", "dq", "qi", "oth", "k"])
def test_private_member_in_a_public_key_is_refused(member: str) -> None:
    for jwk in (PUBLIC_ED25519, PUBLIC_P256, RSA):
        assert fault({**jwk, member: "AQAB"}) == "key-private"
        assert fault({**jwk, member: None}) == "key-private"


@pytest.mark.parametrize(
    "kind",
    [
        {"kty": "oct"},
        {"kty": "OKP", "crv": "X25519"},
        {"kty": "OKP", "crv": "Ed448"},
        {"kty": "EC", "crv": "P-521"},
        {"kty": "EC", "crv": "secp256k1"},
        {"kty": "EC", "crv": "Ed25519"},
        {"kty": "OKP"},
        {"kty": "RSA", "crv": "P-256"},
        {"kty": "okp", "crv": "Ed25519"},
    ],
)
def test_kinds_we_do_not_use_are_refused_by_name(kind: dict) -> None:
    with pytest.raises(KeyMaterialError, match=kind["kty"]) as caught:
        PublicKey.from_jwk({**kind, "x": "AQAB", "y": "AQAB"})
    assert caught.value.rule == "key-unsupported"


@pytest.mark.parametrize("kind", [{}, {"kty": None}, {"kty": ["OKP"]}, {"kty": "OKP", "crv": 25519}])
def test_kind_that_is_no_text_is_refused(kind: dict) -> None:
    assert fault(kind) == "key-malformed"


@pytest.mark.parametrize(
    "use",
    [
        {"alg": "ES256"},
        {"alg": "HS256"},
        {"alg": "none"},
        {"alg": None},
        {"alg": ["EdDSA"]},
        {"use": "enc"},
        {"use": None},
        {"key_ops": ["sign"]},
        {"key_ops": []},
        {"key_ops": "verify"},
        {"key_ops": ["verify", "verify"]},
        {"key_ops": ["verify", "deriveKey"]},
        {"key_ops": ["verify", 1]},
    ],
)
def test_key_for_another_use_is_refused(use: dict) -> None:
    assert fault({**PUBLIC_ED25519, **use}) == "key-use"


@pytest.mark.parametrize(
    "use",
    [{"alg": "EdDSA"}, {"alg": "Ed25519"}, {"use": "sig"}, {"key_ops": ["verify"]}, {"kid": "1", "x5u": "http://a"}],
)
def test_key_for_signatures_is_accepted(use: dict) -> None:
    assert PublicKey.from_jwk({**PUBLIC_ED25519, **use}) == PublicKey.from_jwk(PUBLIC_ED25519)


@pytest.mark.parametrize(("jwk", "alg"), [(PUBLIC_P256, "ES256"), (RSA, "RS256")])
def test_algorithm_of_its_kind_is_accepted_and_no_other(jwk: dict, alg: str) -> None:
    assert PublicKey.from_jwk({**jwk, "alg": alg}) == PublicKey.from_jwk(jwk)
    for other in {"EdDSA", "ES256", "ES384", "RS256", "PS256", "RS512", "HS256"} - {alg}:
        assert fault({**jwk, "alg": other}) == "key-use"


@pytest.mark.parametrize(
    "x",
    [
        PUBLIC_ED25519["x"] + "=",
        PUBLIC_ED25519["x"][:-1] + "p",  # unused bits set
        PUBLIC_ED25519["x"].replace("_", "/"),
        PUBLIC_ED25519["x"] + " ",
        PUBLIC_ED25519["x"] + "\n",
        None,
        7,
    ],
)
def test_text_that_is_not_the_one_base64url_is_refused(x: object) -> None:
    assert fault({**PUBLIC_ED25519, "x": x}) == "key-malformed"


@pytest.mark.parametrize("x", ["", url(octets(ED25519["x"])[1:]), url(b"\0" + octets(ED25519["x"]))])
def test_ed25519_of_another_width_is_refused(x: str) -> None:
    assert fault({**PUBLIC_ED25519, "x": x}) == "key-length"


def test_coordinate_of_another_width_is_refused() -> None:
    for name in ("x", "y"):
        for other in (b"\0" + octets(P256[name]), octets(P256[name])[1:]):
            assert fault({**PUBLIC_P256, name: url(other)}) == "key-length"


def test_point_off_the_curve_is_refused() -> None:
    assert fault({**PUBLIC_P256, "y": PUBLIC_P256["x"]}) == "key-malformed"
    assert fault({**PUBLIC_P256, "x": url(bytes(32)), "y": url(bytes(32))}) == "key-malformed"


def test_weak_ed25519_point_is_refused() -> None:
    assert fault({**PUBLIC_ED25519, "x": url(b"\x01" + bytes(31))}) == "key-weak"


@pytest.mark.parametrize("name", ["n", "e"])
def test_number_with_leading_zeros_or_without_end_is_refused(name: str) -> None:
    assert fault({**RSA, name: url(b"\0" + octets(RSA[name]))}) == "key-malformed"
    assert fault({**RSA, name: ""}) == "key-malformed"
    assert fault({**RSA, name: url(b"\xff" * 1025)}) == "key-malformed"


@pytest.mark.parametrize("exponent", ["Aw", "AQ", "AQAA"])
def test_weak_exponent_is_refused(exponent: str) -> None:
    assert fault({**RSA, "e": exponent}) == "key-weak"


def test_short_modulus_is_refused() -> None:
    short = rsa.generate_private_key(public_exponent=65537, key_size=1024).public_key().public_numbers().n
    assert fault({**RSA, "n": url(short.to_bytes(128, "big"))}) == "key-weak"


def private_fault(jwk: dict) -> str:
    with pytest.raises(KeyMaterialError) as caught:
        PrivateKey.from_jwk(jwk)
    return caught.value.rule


def test_private_keys_are_read() -> None:
    assert PrivateKey.from_jwk(ED25519).public == PublicKey.from_jwk(PUBLIC_ED25519)
    assert PrivateKey.from_jwk({**P256, "key_ops": ["sign", "verify"]}).public == PublicKey.from_jwk(PUBLIC_P256)


def test_private_key_that_does_not_fit_its_public_half_is_refused() -> None:
    assert private_fault({**ED25519, "d": url(bytes(32))}) == "key-mismatch"
    assert private_fault({**P256, "d": ED25519["d"]}) == "key-mismatch"


@pytest.mark.parametrize("d", [url(bytes(32)), url(b"\xff" * 32)])
def test_scalar_outside_the_group_is_refused(d: str) -> None:
    assert private_fault({**P256, "d": d}) == "key-malformed"


def test_private_key_without_its_secret_or_for_another_use_is_refused() -> None:
    assert private_fault(PUBLIC_ED25519) == "key-malformed"
    assert private_fault({**ED25519, "d": url(bytes(31))}) == "key-length"
    assert private_fault({**ED25519, "key_ops": ["verify"]}) == "key-use"


def test_private_rsa_key_with_wrong_numbers_is_refused(rsa_key: PrivateKey) -> None:
    jwk = private_rsa(rsa_key)
    assert private_fault({**jwk, "p": jwk["q"]}) == "key-malformed"
    assert private_fault({name: text for name, text in jwk.items() if name != "qi"}) == "key-malformed"
