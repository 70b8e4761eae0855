"""Our own variants of the di, parser and time classes."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from skillmark.credentials.keys import LocalSigner
from skillmark.credentials.proofs.data_integrity import add_proof
from tests.attacks.making import ATTACKER, CREATED, HONEST, badge, signed, verify


class TestDataIntegrity:
    """Proofs of others, chains, and canonicalisation as a weapon."""

    def test_control_is_valid(self) -> None:
        assert verify(signed()).verdict == "valid"

    def test_own_key_under_a_borrowed_name(self) -> None:
        """The attacker signs, and calls its key by a fragment of the honest DID, or as its controller."""
        document = badge(HONEST.controller)
        names = [
            f"{HONEST.controller}#{ATTACKER.controller[8:]}",
            ATTACKER.verification_method.replace("#", f"?controller={HONEST.controller}#"),
            f"{HONEST.controller}/../{ATTACKER.controller}#key",
            HONEST.verification_method,
        ]
        for name in names:
            liar = LocalSigner(ATTACKER.private_key, verification_method=name, controller=HONEST.controller)
            assert verify(add_proof(document, liar, created=CREATED)).verdict == "invalid"

    def test_issuer_spelt_in_several_ways(self) -> None:
        for issuer in ([HONEST.controller], {"id": [HONEST.controller]}, {"id": f"{HONEST.controller} "},
                       {"id": HONEST.controller.upper()}, {"name": "x"}, f"{HONEST.controller}#x", None):  # fmt: skip
            document = {**badge(HONEST.controller), "issuer": issuer}
            for signer in (HONEST, ATTACKER):
                assert (
                    verify(add_proof(document, signer, created=CREATED, cryptosuite="eddsa-jcs-2022")).verdict
                    == "invalid"
                )

    def test_good_proof_of_the_attacker_beside_a_broken_one_of_the_issuer(self) -> None:
        broken = signed()["proof"] | {"created": "2025-01-01T00:00:00Z"}
        both = add_proof({**badge(HONEST.controller), "proof": [broken]}, ATTACKER, created=CREATED)
        assert verify(both).verdict == "invalid"
        assert verify({**both, "proof": both["proof"][::-1]}).verdict == "invalid"

    def test_chain_that_refers_to_itself_or_in_circles(self) -> None:
        proof = signed()["proof"]
        circles = [
            [proof | {"id": "urn:p:1", "previousProof": "urn:p:1"}],
            [proof | {"id": f"urn:p:{n}", "previousProof": f"urn:p:{(n + 1) % 3}"} for n in range(3)],
            [proof | {"id": f"urn:p:{n}", "previousProof": [f"urn:p:{m}" for m in range(30)]} for n in range(30)],
            [proof | {"id": "urn:p:1"}, proof | {"id": "urn:p:1"}],
            [proof] * 1000,
        ]
        for proofs in circles:
            assert verify({**badge(HONEST.controller), "proof": proofs}).verdict == "invalid"

    @pytest.mark.parametrize("name", ["evidence", "credentialSubject"])
    def test_poison_graph_of_legal_members(self, name: str) -> None:
        """Hundreds of nodes without a name that look alike: refused by the work limit, or done in time."""
        alike = [{"type": ["Evidence"], "narrative": "same"} for _ in range(900)]
        document = {**badge(HONEST.controller), "evidence": alike}
        if name == "credentialSubject":
            subject = {"type": ["AchievementSubject"], "identifier": []}
            one = {"type": "IdentityObject", "hashed": True, "identityHash": "sha256$0", "identityType": "emailAddress"}
            document = {**badge(HONEST.controller), "credentialSubject": {**subject, "identifier": [one] * 900}}
        proof = signed()["proof"]
        started = datetime.now(UTC)
        assert verify({**document, "proof": proof}).verdict == "invalid"
        assert datetime.now(UTC) - started < timedelta(seconds=5)

    def test_poison_inside_the_proof(self) -> None:
        """The proof configuration is made canonical as well."""
        document = signed()
        nest: Any = {"id": "_:a"}
        for _ in range(40):
            nest = (
                {"https://x.example/p": [nest, nest]}
                if len(json.dumps(nest)) < 50_000
                else {"https://x.example/p": nest}
            )
        assert verify({**document, "proof": {**document["proof"], "nonce": nest}}).verdict == "invalid"
        assert verify({**document, "proof": {**document["proof"], "https://x.example/p": nest}}).verdict == "invalid"


class TestParser:
    """JSON that two parsers would read in two ways."""

    @pytest.mark.parametrize(
        "member",
        [
            '"id": "urn:a", "id": "urn:b"', '"a": {"b": 1, "b": 2}', '"\\u0061": 1, "a": 2', '"a": 01', '"a": +1',
            '"a": .5', '"a": 1.', '"a": 0x10', '"a": Infinity', '"a": -NaN', '"a": 1e309', '"a": -1e999',
            '"a": 123456789012345678901', '"a": "\\ud800"', '"a": "\\udc00\\ud800"', '"a": "\t"', '"a": "\\x41"',
            '"a": \'b\'', '"a": 1,', "a: 1", '"a": /* b */ 1', '"a": 1 // b\n', '"a": undefined', '"a": tru',
        ],
    )  # fmt: skip
    def test_member_that_is_refused(self, member: str) -> None:
        text = json.dumps(signed())
        assert verify(text).verdict == "valid"
        report = verify(f"{text[:-1]}, {member}}}")
        assert report.verdict == "invalid"
        assert report.checks[0].rule == "parse"

    @pytest.mark.parametrize("text", ["[" * 65 + "]" * 65, '{"a":' * 65 + "1" + "}" * 65, "[" * 300_000])
    def test_depth_has_an_end(self, text: str) -> None:
        for content in (text, f'{{"a": {text}}}'):
            assert verify(content).checks[0].rule == "parse"

    def test_text_before_behind_or_in_another_encoding(self) -> None:
        text = json.dumps(signed())
        for content in (
            text.encode("utf-16"), text.encode("utf-32"), b"\xef\xbb\xbf" + text.encode(), text.encode() + b"{}",
            text.encode() + b"\0", b"\0" + text.encode(), text.encode().replace(b"Welding", b"Weld\xffing"),
            b"x" + text.encode(),
        ):  # fmt: skip
            assert verify(content).verdict == "invalid"

    def test_megabytes_of_nothing(self) -> None:
        assert verify(b" " * (2 << 20) + b"{}").verdict == "invalid"
        assert verify(b'{"a":"' + b"x" * (2 << 20) + b'"}').verdict == "invalid"


class TestTime:
    """Five minutes of tolerance, and no time without a zone."""

    @pytest.mark.parametrize(
        ("members", "verdict", "state"),
        [
            ({"validFrom": "2026-06-01T12:04:00Z"}, "valid", "valid"),
            ({"validFrom": "2026-06-01T12:06:00Z"}, "invalid", "not-yet-valid"),
            ({"validUntil": "2026-06-01T11:56:00Z"}, "valid", "valid"),
            ({"validUntil": "2026-06-01T11:54:00Z"}, "invalid", "expired"),
            ({"validUntil": "2026-06-01T13:54:00+02:00"}, "invalid", "expired"),
            ({"validUntil": "9999-12-31T23:59:59Z"}, "valid", "valid"),
        ],
    )
    def test_tolerance(self, members: dict[str, Any], verdict: str, state: str) -> None:
        report = verify(signed(**members))
        assert (report.verdict, report.current.state) == (verdict, state)

    @pytest.mark.parametrize(
        "text",
        ["2026-01-01T00:00:00", "2026-01-01", "2026-02-30T00:00:00Z", "1767225600", "", "2026-01-01T24:00:01Z",
         "2026-01-01T00:00:60Z", "\u0662026-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00"],
    )  # fmt: skip
    @pytest.mark.parametrize("name", ["validFrom", "validUntil"])
    def test_time_that_is_none(self, name: str, text: str) -> None:
        assert verify(signed(**{name: text})).verdict == "invalid"

    def test_proof_from_the_future(self) -> None:
        for created in ("2026-06-01T12:06:00Z", "2036-01-01T00:00:00Z"):
            report = verify(add_proof(badge(HONEST.controller), HONEST, created=created))
            assert report.intact.outcome == "passed"
            assert (report.verdict, report.current.state) == ("invalid", "not-yet-valid")
