"""Our own variants of the jose class: the rule is what must hold, not the one string that was sent."""

import hmac
import json
from typing import Any

import pytest

from tests.attacks.making import (
    ATTACKER,
    HEADER,
    HONEST,
    HONEST_P256,
    b64,
    badge,
    token,
    unb64,
    verify,
)


class TestJose:
    """Algorithms, keys and header members that the token itself chooses."""

    def test_control_is_valid(self) -> None:
        assert verify(token(HEADER, badge(HONEST.controller))).verdict == "valid"

    @pytest.mark.parametrize(
        "change",
        [
            {"alg": "NONE"}, {"alg": "nOnE"}, {"alg": ""}, {"alg": None}, {"alg": ["EdDSA"]}, {"alg": "HS384"},
            {"alg": "ES256"}, {"alg": "RS256"}, {"alg": "PS256"}, {"alg": "Ed448"}, {"alg": "EdDSA "},
            {"crit": []}, {"crit": ["exp"], "exp": 1}, {"crit": ["b64"], "b64": False}, {"crit": "alg"},
            {"x5c": ["MIIB"]}, {"x5u": "https://attack.test/c"}, {"jku": "https://attack.test/k"},
            {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": "AA"}}, {"jwk": None}, {"jwk": "text"},
            {"kid": "../../etc/passwd"}, {"kid": "'; DROP TABLE keys;--"}, {"kid": 7}, {"kid": ["a"]}, {"kid": ""},
            {"kid": ATTACKER.verification_method}, {"kid": f"{HONEST.controller}#other"}, {"kid": HONEST.controller},
            {"typ": "at+jwt"}, {"typ": "kb+jwt"}, {"typ": "dc+sd-jwt"}, {"typ": "openid4vci-proof+jwt"}, {"typ": 7},
            {"typ": "vp+jwt"},
        ],
        ids=str,
    )  # fmt: skip
    def test_header_that_asks_for_something_else(self, change: dict[str, Any]) -> None:
        assert verify(token({**HEADER, **change}, badge(HONEST.controller))).verdict == "invalid"

    @pytest.mark.parametrize("hash_name", ["sha256", "sha384", "sha512"])
    def test_public_key_as_secret(self, hash_name: str) -> None:
        secrets = [HONEST.public.to_pem(), json.dumps(HONEST.public.to_jwk()).encode(), b"", HONEST.controller.encode()]
        for secret in secrets:
            sign = lambda data, secret=secret: hmac.digest(secret, data, hash_name)  # noqa: E731
            header = {**HEADER, "alg": f"HS{hash_name[3:]}"}
            assert verify(token(header, badge(HONEST.controller), sign)).verdict == "invalid"

    @pytest.mark.parametrize(
        "signature", [bytes(64), b"\xff" * 64, bytes(32) + b"\x01" * 32, b"\x01" * 32 + bytes(32), b""]
    )
    def test_ecdsa_signature_of_nothing(self, signature: bytes) -> None:
        header = {"alg": "ES256", "typ": "vc+jwt", "kid": HONEST_P256.verification_method}
        text = token(header, badge(HONEST_P256.controller), lambda _: signature)
        assert verify(text).verdict == "invalid"

    def test_ecdsa_signature_in_another_encoding(self) -> None:
        """DER, a leading zero more, and r and s exchanged."""
        header = {"alg": "ES256", "typ": "vc+jwt", "kid": HONEST_P256.verification_method}
        good = token(header, badge(HONEST_P256.controller), HONEST_P256.sign)
        text, _, raw = good.rpartition(".")
        r, s = unb64(raw)[:32], unb64(raw)[32:]
        assert verify(good).verdict == "valid"
        for wrong in (b"\0" + r + b"\0" + s, s + r, b"\x30\x44\x02\x20" + r + b"\x02\x20" + s, r + s + b"\0"):
            assert verify(f"{text}.{b64(wrong)}").verdict == "invalid"

    @pytest.mark.parametrize(
        "claims",
        [
            {"iss": ATTACKER.controller}, {"sub": "did:example:other"}, {"jti": "urn:uuid:other"}, {"nbf": 4102444800},
            {"exp": 1}, {"exp": "never"}, {"nbf": "1"}, {"exp": -1}, {"vc": {}}, {"vp": {}},
            {"iss": [HONEST.controller]}, {"iss": None}, {"sub": None},
        ],
        ids=str,
    )  # fmt: skip
    def test_claims_that_contradict_the_credential(self, claims: dict[str, Any]) -> None:
        header = {"alg": "EdDSA", "typ": "JWT", "kid": HONEST.verification_method}
        document = badge(HONEST.controller)
        own = {"iss": document["issuer"]["id"], "sub": "did:example:learner", "jti": document["id"], "nbf": 1767225600}
        assert verify(token(header, {**document, **own})).verdict == "valid"
        assert verify(token(header, {**document, **own, **claims})).verdict == "invalid"

    def test_member_twice_in_header_or_payload(self) -> None:
        head, body = json.dumps(HEADER).encode(), json.dumps(badge(HONEST.controller)).encode()
        assert verify(token(head[:-1] + b', "alg": "EdDSA"}', body)).verdict == "invalid"
        assert verify(token(head, body[:-1] + b', "issuer": "did:example:other"}')).verdict == "invalid"
        escaped = body[:-1] + b', "\\u0069ssuer": "did:example:other"}'
        assert verify(token(head, escaped)).verdict == "invalid"

    def test_compact_form_that_is_spoilt(self) -> None:
        text = token(HEADER, badge(HONEST.controller))
        for spoilt in (
            f"{text}.", f".{text}", text.replace(".", "..", 1), f"{text}=", text.replace("e", "é", 1), f"{text[:-1]}!",
            text.replace(".", ".\n", 1), json.dumps({"payload": text}), text[:-2],
            text.rpartition(".")[0], text.upper(),
        ):  # fmt: skip
            assert verify(spoilt).verdict == "invalid"

    def test_slack_bits_of_the_last_character(self) -> None:
        """Another spelling of the same signature: the bytes are the same, the text is not canonical."""
        text = token(HEADER, badge(HONEST.controller))
        alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        last = alphabet.index(text[-1])
        other = text[:-1] + alphabet[last ^ 1]
        assert unb64(other.rpartition(".")[2]) == unb64(text.rpartition(".")[2])
        assert verify(other).verdict == "invalid"

    @pytest.mark.parametrize("size", [8 << 10, 100 << 10, 300 << 10])
    def test_size_is_capped_before_anything_is_read(self, size: int) -> None:
        assert verify(token({**HEADER, "pad": "x" * size}, badge(HONEST.controller))).verdict == "invalid"
        assert verify("ey" + "A" * (300 << 10) + ".e30.").verdict == "invalid"
