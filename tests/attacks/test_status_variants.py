"""Our own variants of the status class."""

import gzip
import json
import zlib
from typing import Any

import pytest

from skillmark.credentials.keys import LocalSigner
from skillmark.credentials.proofs.data_integrity import add_proof
from tests.attacks.making import (
    ATTACKER,
    CREATED,
    HONEST,
    LIST,
    b64,
    badge,
    signed,
    token,
    verify,
)


def encoded(data: bytes, *, compressed: bytes | None = None) -> str:
    return "u" + b64(gzip.compress(data, mtime=0) if compressed is None else compressed)


def status_list(signer: LocalSigner = HONEST, **members: Any) -> bytes:
    subject = {
        "id": f"{LIST}#list", "type": "BitstringStatusList", "statusPurpose": "revocation",
        "encodedList": encoded(bytes(16384)), **members.pop("subject", {}),
    }  # fmt: skip
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": signer.controller,
        "validFrom": CREATED,
        "credentialSubject": subject,
        **members,
    }
    return json.dumps(add_proof(document, signer, created=CREATED)).encode()


def entry(**members: Any) -> dict[str, Any]:
    return {
        "id": f"{LIST}#5", "type": "BitstringStatusListEntry", "statusPurpose": "revocation",
        "statusListIndex": "5", "statusListCredential": LIST, **members,
    }  # fmt: skip


ODD: list[Any] = [
    *("-0", "+5", "5 ", "05", "5e0", "0b101", "\uff15", "5\n", "\u0665", "1,000", "131072", "9" * 400),
    *(5, 5.0, [5], {}),
]


class TestStatus:
    """A list that cannot be trusted says nothing; least of all: not revoked."""

    def test_control_is_valid_and_the_set_bit_is_revoked(self) -> None:
        document = signed(credentialStatus=entry())
        assert verify(document, {LIST: status_list()}).verdict == "valid"
        bits = b"\x04" + bytes(16383)
        report = verify(document, {LIST: status_list(subject={"encodedList": encoded(bits)})})
        assert (report.verdict, report.current.state) == ("invalid", "revoked")

    def untrusted(self) -> dict[str, bytes]:
        good = json.loads(status_list())
        bare = {name: value for name, value in good.items() if name != "proof"}
        zeros = zlib.compressobj(9, zlib.DEFLATED, 31)
        bomb = b"".join(zeros.compress(bytes(1 << 20)) for _ in range(64)) + zeros.flush()
        members = gzip.compress(bytes(16384))
        return {
            "unsigned": json.dumps(bare).encode(),
            "changed": json.dumps({**good, "validUntil": "2099-01-01T00:00:00Z"}).encode(),
            "of another issuer": status_list(ATTACKER),
            "signed by another": json.dumps(
                add_proof({**{n: v for n, v in good.items() if n != "proof"}}, ATTACKER, created=CREATED)
            ).encode(),
            "of another address": status_list(id="https://status.attack.test/lists/other"),
            "not a list": json.dumps(signed()).encode(),
            "too short": status_list(subject={"encodedList": encoded(bytes(16383))}),
            "empty": status_list(subject={"encodedList": encoded(b"")}),
            "cut": status_list(subject={"encodedList": encoded(b"", compressed=members[:-9])}),
            "wrong checksum": status_list(subject={"encodedList": encoded(b"", compressed=members[:-8] + bytes(8))}),
            "bomb": status_list(subject={"encodedList": encoded(b"", compressed=bomb)}),
            "other base": status_list(subject={"encodedList": "z" + encoded(bytes(16384))[1:]}),
            "padded": status_list(subject={"encodedList": encoded(bytes(16384)) + "="}),
            "no text": status_list(subject={"encodedList": [encoded(bytes(16384))]}),
            "zlib instead of gzip": status_list(
                subject={"encodedList": encoded(b"", compressed=zlib.compress(bytes(16384)))}
            ),
            "stale": status_list(validUntil="2026-05-01T00:00:00Z"),
            "not yet": status_list(validFrom="2026-07-01T00:00:00Z"),
            "html": b"<!doctype html><title>404</title>",
            "nothing": b"",
            "a list": b"[]",
            "token of none": token({"alg": "none", "typ": "vc+jwt"}, bare, lambda _: b"").encode(),
        }

    def test_list_that_cannot_be_trusted_tells_nothing(self) -> None:
        document = signed(credentialStatus=entry())
        for name, body in self.untrusted().items():
            report = verify(document, {LIST: body})
            assert report.verdict == "unknown", name
            assert report.intact.outcome == "passed", name

    @pytest.mark.parametrize(
        "members",
        [{"statusListIndex": index} for index in ODD]
        + [{"statusSize": size} for size in (0, -1, "1", 1 << 40)]
        + [{"statusPurpose": purpose} for purpose in ("", 7, "suspension")]
        + [{"statusListCredential": address} for address in (7, "", "file:///etc/passwd")]
        + [{"type": "Unknown"}, {"id": LIST}],
        ids=str,
    )
    def test_entry_that_is_malformed_is_never_valid(self, members: dict[str, Any]) -> None:
        document = {**badge(HONEST.controller), "credentialStatus": entry(**members)}
        secured = add_proof(document, HONEST, created=CREATED, cryptosuite="eddsa-jcs-2022")
        assert verify(secured, {LIST: status_list()}).verdict != "valid"

    def test_one_bad_entry_among_good_ones_is_not_overlooked(self) -> None:
        for bad in (entry(id="urn:s:2", statusListIndex="-1"), entry(id="urn:s:2", statusListCredential=f"{LIST}2")):
            for entries in ([entry(), bad], [bad, entry()]):
                assert verify(signed(credentialStatus=entries), {LIST: status_list()}).verdict != "valid"

    def test_empty_or_odd_status_member_is_never_valid(self) -> None:
        for odd in (None, {}, "text", 7, [None], [[entry()]], True):
            secured = add_proof({**badge(HONEST.controller), "credentialStatus": odd}, HONEST, created=CREATED,
                                cryptosuite="eddsa-jcs-2022")  # fmt: skip
            assert verify(secured, {LIST: status_list()}).verdict != "valid", odd
