"""A signed document may hold anything; reading it for a page never fails and never lets anything run."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillmark.server.doors.pages.components.markdown import render_markdown
from skillmark.server.doors.pages.components.reading import read
from skillmark.server.doors.pages.components.structured import structured_data
from skillmark.server.doors.pages.components.words import term, workload

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
MEMBERS = (
    "id",
    "name",
    "issuer",
    "credentialSubject",
    "evidence",
    "validFrom",
    "validUntil",
    "awardedDate",
    "description",
)
ACHIEVEMENT = (
    "name",
    "alignment",
    "criteria",
    "learningOutcome",
    "notionalWorkload",
    "creditsAvailable",
    "resultDescription",
    "supervision",
    "assessmentType",
    "inLanguage",
    "image",
)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(MEMBERS, JSON)))
def test_any_document_can_be_read(document: dict[str, Any]) -> None:
    assert isinstance(read(document).title, str)


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(ACHIEVEMENT, JSON)), JSON)
def test_any_achievement_can_be_read(achievement: dict[str, Any], result: Any) -> None:
    reading = read({"credentialSubject": {"achievement": achievement, "result": result}})
    assert all(isinstance(fact.value, str) for fact in reading.facts)


@given(st.text())
def test_any_text_is_some_workload(text: str) -> None:
    assert isinstance(workload(text), str)


@pytest.mark.parametrize(
    ("duration", "words"),
    [
        ("PT50H", "50 hours"),
        ("PT1H", "1 hour"),
        ("PT7H30M", "7.5 hours"),
        ("P3D", "3 days"),
        ("three weekends", "three weekends"),
        ("P", "P"),
    ],
)
def test_workload_is_said_in_words(duration: str, words: str) -> None:
    assert workload(duration) == words


@pytest.mark.parametrize(
    ("hours", "words"), [(78, "78 hours"), (1, "1 hour"), (7.5, "7.5 hours"), (0, None), (1e300, None)]
)
def test_workload_in_hours_is_a_fact(hours: float, words: str | None) -> None:
    reading = read({"credentialSubject": {"achievement": {"notionalWorkload": hours}}})
    assert [fact.value for fact in reading.facts] == ([words] if words else [])


def test_own_terms_of_an_issuer_are_shown_without_their_prefix() -> None:
    assert (term("online"), term("ext:HandsOn")) == ("Online", "HandsOn")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", " https//x", "http://", "file:///etc/passwd"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    reading = read(
        {
            "evidence": [{"id": url, "narrative": "n"}],
            "credentialSubject": {"achievement": {"alignment": {"targetName": "x", "targetUrl": url}}},
        }
    )
    assert (reading.evidence[0].url, reading.skills[0].url) == ("", "")


def test_name_is_read_in_the_language_of_the_reader() -> None:
    names = [{"@value": "Datenkunde", "@language": "de"}, {"@value": "Data literacy", "@language": "en"}]
    assert read({"credentialSubject": {"achievement": {"name": names}}}).title == "Data literacy"


def test_level_of_the_european_framework_is_a_fact_and_no_skill() -> None:
    alignment = [{"targetName": "EQF level 5", "targetUrl": "http://data.europa.eu/snb/eqf/5"}]
    reading = read({"credentialSubject": {"achievement": {"alignment": alignment}}})
    assert reading.skills == []
    assert [fact.value for fact in reading.facts] == ["European level 5 of 8"]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[click](javascript:alert(1))",
        "[click](data:text/html;base64,PHNjcmlwdD4=)",
        "![](https://tracker.example/pixel.png)",
        "<style>body{display:none}</style>",
        "<iframe src='https://evil.example'></iframe>",
        "<a href='https://x' onclick='y' style='z'>x</a>",
        "[a]: javascript:x\n\n[a]",
        "<svg><script>1</script></svg>",
    ],
)
def test_markdown_of_strangers_runs_nothing_and_fetches_nothing(text: str) -> None:
    html = render_markdown(text).replace("&lt;", "").replace("&quot;", "")
    for forbidden in ("<script", "<img", "<iframe", "<style", "<svg", 'href="javascript', 'href="data', "<a href='"):
        assert forbidden not in html


def test_markdown_keeps_what_helps_reading() -> None:
    html = render_markdown("# Title\n\n1. **one**\n2. [two](https://example.org)\n\n`code`")
    assert "<h3>Title</h3>" in html
    assert "<strong>one</strong>" in html
    assert 'href="https://example.org"' in html
    assert 'rel="noopener noreferrer nofollow ugc"' in html


@given(st.text())
def test_structured_data_never_leaves_its_element(text: str) -> None:
    assert not set("<>&") & set(structured_data({"name": text}))
