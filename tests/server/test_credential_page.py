"""The page of a credential: three live answers from published bytes, what was signed, and nobody's name."""

import json
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from skillmark.server.credentialing.issuance.actions import revoke
from skillmark.server.credentialing.issuance.models import Award, IssuedCredential
from skillmark.server.credentialing.signing.models import IssuerKey

Find = Callable[[str], IssuedCredential]


def page(visitor: Client, issued: IssuedCredential) -> str:
    response = visitor.get(f"/credentials/{issued.token}")
    assert response.status_code == 200
    return response.content.decode()


def answers(text: str) -> list[str]:
    return re.findall(r'class="answer-word">.*?<span>([^<]+)</span>', text, re.DOTALL)


def test_every_demonstration_credential_is_intact(visitor: Client) -> None:
    issued = list(IssuedCredential.objects.all())
    assert len(issued) == 49
    seen = [answers(page(visitor, credential))[:2] for credential in issued]
    assert seen.count(["Intact", "Current"]) == 47
    assert seen.count(["Intact", "Expired"]) == 1
    assert seen.count(["Intact", "Revoked"]) == 1


def test_page_shows_what_was_signed(visitor: Client, credential_of: Find) -> None:
    text = page(visitor, credential_of("data-storytelling"))
    for shown in (
        "Lindeholm University of Applied Sciences confirms that the holder has earned",
        "Data Storytelling",
        "State uncertainty so that non-specialists understand it",
        "apply statistical analysis techniques",
        "Intermediate",
        "78 hours",
        "3 ECTS",
        "European level 6 of 8",
        "Grade",
        "evidence.example",
    ):
        assert shown in text
    assert 'name="robots" content="noindex' in text


def test_listed_and_unlisted_issuers_are_told_apart(visitor: Client, credential_of: Find) -> None:
    assert answers(page(visitor, credential_of("data-storytelling")))[2] == "Listed"
    assert answers(page(visitor, credential_of("safe-robot-collaboration")))[2] == "Not listed anywhere we look"


def test_no_name_and_no_address_of_a_person_is_published(visitor: Client) -> None:
    for award in Award.objects.select_related("credential"):
        token = award.credential.token
        published = page(visitor, award.credential) + visitor.get(f"/credentials/{token}.json").content.decode()
        assert award.recipient_name not in published
        assert award.recipient_email not in published
        subject = json.loads(bytes(award.credential.document))["credentialSubject"]
        assert set(subject) <= {"id", "type", "achievement", "result"}
        assert subject["id"].startswith("urn:uuid:")


def test_addresses_cannot_be_guessed(db: None) -> None:
    tokens = [issued.token for issued in IssuedCredential.objects.all()]
    assert len(set(tokens)) == len(tokens)
    assert min(map(len, tokens)) >= 24  # six bits a letter


@pytest.mark.usefixtures("db")
def test_no_socket_is_opened_for_our_own(visitor: Client, credential_of: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr("skillmark.fetching.HttpFetcher.fetch", refuse)
    assert answers(page(visitor, credential_of("wound-care")))[:2] == ["Intact", "Current"]


def test_revocation_is_seen_at_once(
    visitor: Client, credential_of: Find, django_capture_on_commit_callbacks: Callable
) -> None:
    issued = credential_of("data-storytelling")
    assert answers(page(visitor, issued))[1] == "Current"
    with django_capture_on_commit_callbacks(execute=True):
        revoke(issued, reason="A private matter.")
    text = page(visitor, issued)
    assert answers(text)[:2] == ["Intact", "Revoked"]
    assert "has taken this credential back" in text
    assert "A private matter" not in text


def test_withdrawn_key_ends_what_it_signed(visitor: Client, credential_of: Find) -> None:
    issued = credential_of("data-storytelling")
    IssuerKey.objects.filter(pk=issued.key_id).update(withdrawn_at=timezone.now())
    text = page(visitor, issued)
    assert answers(text) == ["Changed or broken"]


def test_changed_bytes_are_shown_alone(visitor: Client, credential_of: Find) -> None:
    issued = credential_of("data-storytelling")
    issued.document = bytes(issued.document).replace(b"Data Storytelling", b"Data Dreamtelling")
    issued.save()
    text = page(visitor, issued)
    assert answers(text) == ["Changed or broken"]
    for hidden in ("Dreamtelling", "Storytelling", "Lindeholm", "badge.svg", "statistical", ".png"):
        assert hidden not in text


def test_answer_comes_from_the_published_list_not_from_the_table(
    visitor: Client, credential_of: Find, django_capture_on_commit_callbacks: Callable
) -> None:
    issued = credential_of("data-storytelling")
    assert answers(page(visitor, issued))[1] == "Current"
    with django_capture_on_commit_callbacks(execute=False):
        revoke(issued, reason="Not published yet.")
    assert answers(page(visitor, issued))[1] == "Current"


def test_page_costs_the_same_number_of_queries_for_all(
    visitor: Client, credential_of: Find, django_assert_max_num_queries: Callable
) -> None:
    issued = credential_of("data-storytelling")
    page(visitor, issued)
    with django_assert_max_num_queries(4):
        page(visitor, issued)
