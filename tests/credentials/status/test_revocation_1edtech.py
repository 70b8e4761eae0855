"""1EdTech revocation lists, in the forms they are published in."""

import pytest

from skillmark.credentials.status import EntryStatus, Problem, read_revocation_list
from skillmark.errors import StatusError

URL = "https://1edtech.edu/credentials/3732/revocations"
ISSUER = "https://1edtech.edu/issuers/565049"
BADGE = "http://1edtech.edu/credentials/3732"
LIST = {
    "id": URL,
    "issuer": ISSUER,
    "revokedCredentials": [
        {"id": BADGE, "revoked": True, "revocationReason": "No final payment"},
        {"id": "http://1edtech.edu/credentials/9", "revoked": False},
        {"id": "http://1edtech.edu/credentials/10"},
    ],
}


def said(document, credential=BADGE, issuer=ISSUER):
    return read_revocation_list(document, url=URL).status(credential, issuer=issuer)


def test_listed_credential_is_revoked_with_its_reason():
    assert said(LIST) == EntryStatus(purpose="revocation", value=1, reason="No final payment")


def test_revoked_is_what_an_entry_means_unless_it_says_otherwise():
    assert said(LIST, "http://1edtech.edu/credentials/10").is_set
    assert not said(LIST, "http://1edtech.edu/credentials/9").is_set
    assert not said(LIST, "http://1edtech.edu/credentials/37").is_set


@pytest.mark.parametrize(
    "revoked",
    [[BADGE], BADGE, {"id": BADGE}, [{"id": BADGE, "revoked": "true"}], [{"id": f" {BADGE[:-4]}%33732\n"}]],
    ids=["bare ids", "one bare id", "one object", "truth as text", "escaped and padded"],
)
@pytest.mark.parametrize("member", ["revokedCredentials", "revokedCredential"])
def test_every_published_shape_is_read(member, revoked):
    assert said({"id": URL, member: revoked}).is_set


def test_text_false_is_no_revocation():
    assert not said({"revokedCredentials": [{"id": BADGE, "revoked": "false"}]}).is_set


def test_credential_listed_twice_is_revoked_if_once_is():
    twice = [{"id": BADGE, "revoked": True}, {"id": BADGE, "revoked": False}]
    assert said({"revokedCredentials": twice}).is_set


def test_list_of_another_issuer_says_nothing():
    with pytest.raises(StatusError) as caught:
        said(LIST, issuer="https://other.test/")
    assert caught.value.problem == Problem.VERIFICATION


def test_issuer_may_be_an_object():
    assert said(LIST | {"issuer": {"id": ISSUER}}).is_set


def test_list_that_says_it_is_another_is_refused():
    with pytest.raises(StatusError) as caught:
        said(LIST | {"id": URL + "/2"})
    assert caught.value.problem == Problem.VERIFICATION


@pytest.mark.parametrize(
    "change",
    [
        {"revokedCredential": []},
        {"issuer": 7},
        {"revokedCredentials": [7]},
        {"revokedCredentials": [{"revoked": True}]},
        {"revokedCredentials": [{"id": BADGE, "revoked": 0}]},
        {"revokedCredentials": [{"id": BADGE, "revoked": "no"}]},
        {"revokedCredentials": [{"id": BADGE, "revoked": None}]},
        {"revokedCredentials": None},
    ],
    ids=ascii,
)
def test_malformed_list_is_refused(change):
    with pytest.raises(StatusError) as caught:
        said(LIST | change)
    assert caught.value.problem == Problem.MALFORMED_VALUE


def test_document_without_the_member_is_no_revocation_list():
    with pytest.raises(StatusError, match="revokedCredentials"):
        said({"id": URL})


def test_id_too_long_to_be_compared_is_never_called_unrevoked():
    found = read_revocation_list({"revokedCredentials": ["urn:" + "%41" * 5000]}, url="https://x.test/r")
    with pytest.raises(StatusError):
        found.status("urn:" + "A" * 5000, issuer="did:example:1")
