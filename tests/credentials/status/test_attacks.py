"""The status lists of the attack corpus (A27 to A33, but for the stale one, which `verifying` refuses by its dates)."""

import json
import tracemalloc
from base64 import urlsafe_b64decode

import pytest

from skillmark.credentials.status import Problem, entry_members, read_entry, read_status_list
from skillmark.errors import StatusError


def claims(token):
    payload = token.split(".")[1]
    return json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def answer(shared, name):
    case = json.loads((shared / "attack" / name).read_text())
    [(url, token)] = case["serve"].items()
    [(pointer, member)] = entry_members(claims(case["credential"]))
    entry = read_entry(member, pointer=pointer)
    decoded = read_status_list(claims(token), url=url)
    return decoded, decoded.status(entry)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("A27-bomb.json", Problem.VERIFICATION),
        ("A28-range.json", Problem.RANGE),
        ("A29-purpose.json", Problem.VERIFICATION),
        ("A33-short.json", Problem.LIST_LENGTH),
    ],
)
def test_attack_on_a_status_list_gets_no_answer(shared, name, problem):
    with pytest.raises(StatusError) as caught:
        answer(shared, name)
    assert caught.value.problem == problem


def test_bomb_costs_next_to_no_memory(shared):
    tracemalloc.start()
    with pytest.raises(StatusError):
        answer(shared, "A27-bomb.json")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20


def test_foreign_list_names_its_foreign_issuer(shared):
    case = json.loads((shared / "attack/A30-foreign-list.json").read_text())
    decoded, _ = answer(shared, "A30-foreign-list.json")
    assert decoded.issuer != claims(case["credential"])["issuer"]["id"]
