"""What an Award accepts can be signed: no lint, no canonical form and no proof refuses it later."""

import json
import os
from contextlib import suppress
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from skillmark.credentials.dids import did_key_signer
from skillmark.credentials.issuing import Award, AwardError, BatchIssuer, Definition, issuer_profile
from skillmark.credentials.issuing.inspection import inspect
from skillmark.credentials.keys import PrivateKey
from tests.architecture import tree

KEY = PrivateKey.from_seed(bytes(range(32)))
TEXTS = st.one_of(
    st.text(max_size=30), st.sampled_from(["\u202eevil", "a\U0001fffeb", "\ufdd0", "é\U0001f600", "\x00", "a\u2028b"])
)
IDENTIFIERS = st.one_of(
    TEXTS,
    st.builds(
        "{}:{}".format, st.sampled_from(["urn:x", "https", "data", "javascript", "did", "sec", "a+b.c-d"]), TEXTS
    ),
    st.sampled_from(["javascript:alert(1)", "data:text/html,x", "_:b0", "urn:x:é", "https://example.org/\U0001f600"]),
)


@cache
def batch() -> BatchIssuer:
    signer = did_key_signer(KEY)
    achievement = json.loads((tree.ROOT / "examples" / "achievement.json").read_text(encoding="utf-8"))
    definition = Definition(achievement=achievement, issuer=issuer_profile(achievement, signer.controller))
    return BatchIssuer(definition, signer, created="2026-07-01T00:00:00Z", randomness=os.urandom)


@given(
    name=TEXTS,
    subject_id=IDENTIFIERS,
    credential_id=IDENTIFIERS,
    evidence_narrative=TEXTS,
    evidence_url=st.one_of(st.just(""), IDENTIFIERS),
)
def test_accepted_award_is_never_refused_later(**values: str) -> None:
    with suppress(AwardError):
        award = Award(email="a@example.org", **values)
        issued = batch().issue(award).data
        inspect(issued, KEY.public)
        assert issued.startswith(b"{")
