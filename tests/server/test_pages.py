"""Public pages: what they show, their headers, and that their work does not grow with what they list."""

import json
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from skillmark.server.credentialing.achievements.actions import publish
from skillmark.server.credentialing.achievements.definitions import AchievementDefinition
from skillmark.server.parties.organizations.models import Organization

PAGES = [
    "/",
    "/catalogue",
    "/achievements/open-bridges/intercultural-communication",
    "/achievements/open-bridges/intercultural-communication/versions/1",
    "/organizations/open-bridges",
    "/verify",
    "/contexts",
]


@pytest.mark.parametrize("path", PAGES)
def test_page_is_there_for_anyone(visitor: Client, path: str) -> None:
    response = visitor.get(path)
    text = response.content.decode()
    assert response.status_code == 200
    assert re.search(r'<html lang="en"', text)
    assert len(re.findall(r"<h1[ >]", text)) == 1
    assert re.search(r"<title>[^<]{8,}</title>", text)


@pytest.mark.parametrize("path", PAGES)
def test_page_runs_nothing_inline_and_nothing_of_others(visitor: Client, path: str) -> None:
    response = visitor.get(path)
    text = response.content.decode()
    policy = response.headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert not re.search(r"<style|style=|\son[a-z]+=|javascript:", text)
    assert not re.findall(r'<script(?! src="/static/| type="application/ld\+json")', text)
    assert not re.findall(r'(?:src|<link[^>]+stylesheet[^>]+href)="https?:', text)


@pytest.mark.parametrize("path", [page for page in PAGES if page != "/verify"])
def test_public_page_sets_no_cookie(visitor: Client, path: str) -> None:
    assert not visitor.get(path).cookies


def test_page_that_is_not_there_says_what_to_do(visitor: Client) -> None:
    response = visitor.get("/achievements/open-bridges/no-such-thing")
    assert response.status_code == 404
    assert "There is nothing at this address" in response.content.decode()
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize(
    "path",
    [
        "/credentials/" + "x" * 24,
        "/organizations/nobody",
        "/organizations/nobody/did.json",
        "/organizations/open-bridges/status/99",
        "/achievements/open-bridges/intercultural-communication/versions/2",
        "/achievements/lindeholm/intercultural-communication",
        "/contexts/example.org/unknown",
        "/contexts/../settings.py",
    ],
)
def test_unknown_address_is_404(visitor: Client, path: str) -> None:
    assert visitor.get(path).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
@pytest.mark.parametrize("path", ["/", "/catalogue", "/organizations/open-bridges/did.json"])
def test_reading_addresses_take_no_writes(visitor_without_form_check: Client, path: str, method: str) -> None:
    assert getattr(visitor_without_form_check, method)(path).status_code == 405


class TestCatalogue:
    """Search and filters."""

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("q=wound", {"Modern Wound Care"}),
            ("q=INTERCULTURAL", {"Intercultural Communication"}),
            ("q=empathy", {"De-escalation in Care", "Emotional Intelligence at Work"}),
            ("level=7", {"Machine Learning in Practice"}),
            ("organization=halvard-robotics", {"Privacy in Production Data", "Safe Human\u2013Robot Collaboration"}),
            ("workload=short", {"Privacy in Production Data"}),
            ("skill=adapt+to+change", {"Adaptability under Change"}),
            ("organization=alpine-care&level=4", {"De-escalation in Care"}),
        ],
    )
    def test_filter_shows_what_matches(self, visitor: Client, query: str, names: set[str]) -> None:
        text = visitor.get(f"/catalogue?{query}").content.decode()
        assert set(re.findall(r'class="card-title"><a href="[^"]+">([^<]+)</a>', text)) == names

    def test_nothing_found_offers_a_reset(self, visitor: Client) -> None:
        text = visitor.get("/catalogue?q=quantumbasketweaving").content.decode()
        assert "Nothing matches all of these filters" in text
        assert "0 achievements" in text

    @pytest.mark.parametrize(
        "query",
        ["level=9", "level=x", "page=-1", "page=99999999999999999999", "workload=huge", "q=%00", "q=" + "a+" * 5000],
    )
    def test_nonsense_is_left_out(self, visitor: Client, query: str) -> None:
        assert visitor.get(f"/catalogue?{query}").status_code == 200

    def test_what_was_asked_is_escaped(self, visitor: Client) -> None:
        text = visitor.get('/catalogue?q="><script>alert(1)</script>').content.decode()
        assert "<script>alert" not in text

    def test_filtered_catalogue_is_not_indexed(self, visitor: Client) -> None:
        assert "noindex" in visitor.get("/catalogue?q=care").content.decode()
        assert "noindex" not in visitor.get("/catalogue").content.decode()

    def test_number_of_queries_does_not_grow(self, visitor: Client) -> None:
        few = _count_queries(visitor, "/catalogue?organization=open-bridges")
        for number in range(8):
            _publish_another(number)
        assert _count_queries(visitor, "/catalogue?organization=open-bridges") == few


def test_home_asks_the_same_number_of_queries_however_much_there_is(visitor: Client) -> None:
    few = _count_queries(visitor, "/")
    for number in range(8):
        _publish_another(number)
    assert _count_queries(visitor, "/") == few


def _count_queries(visitor: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert visitor.get(path).status_code == 200
    return len(queries)


def _publish_another(number: int) -> None:
    definition = AchievementDefinition.model_validate(
        {
            "slug": f"another-{number}",
            "name": f"Another {number}",
            "description": "One more.",
            "criteria": "Do it.",
            "level": 5,
            "skills": [{"name": f"skill {number}", "url": f"https://skills.example/{number}"}],
        }
    )
    publish(Organization.objects.get(slug="open-bridges"), definition)


class TestAchievement:
    """The page of what can be earned."""

    def test_it_shows_the_elements_of_the_european_approach(self, visitor: Client) -> None:
        text = visitor.get("/achievements/open-bridges/intercultural-communication").content.decode()
        for shown in (
            "Intercultural Communication",
            "Open Bridges Association",
            "Adapt verbal and non-verbal communication",
            "demonstrate intercultural competence",
            "Advanced",
            "ESCO 1.1.0",
            "European level 5 of 8",
            "50 hours",
            "2 ECTS",
            "Two observed situations and a written reflection",
            "Online and on site",
            "External review every two years",
            "Supervised on site, identity checked",
        ):
            assert shown in text

    def test_structured_data_cannot_leave_its_element(self, visitor: Client) -> None:
        organization = Organization.objects.get(slug="open-bridges")
        definition = AchievementDefinition.model_validate(
            {"slug": "nasty", "name": "</script><b>&", "description": "</script>", "criteria": "<img src=x onerror=y>"}
        )
        publish(organization, definition)
        text = visitor.get("/achievements/open-bridges/nasty").content.decode()
        found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
        assert json.loads(found[0])["name"] == "</script><b>&"
        assert "onerror" not in text.replace("&lt;img src=x onerror=y&gt;", "")

    def test_new_version_leaves_the_old_one_as_it_was(self, visitor: Client) -> None:
        definition = AchievementDefinition.model_validate(
            {"slug": "wound-care", "name": "Wound Care, second edition", "description": "New.", "criteria": "New."}
        )
        publish(Organization.objects.get(slug="alpine-care"), definition)
        assert "Wound Care, second edition" in visitor.get("/achievements/alpine-care/wound-care").content.decode()
        old = visitor.get("/achievements/alpine-care/wound-care/versions/1").content.decode()
        assert "Modern Wound Care" in old
        assert "See the current version" in old


class TestColours:
    """The choice of a colour scheme without a script."""

    def test_choice_is_kept(self, visitor: Client) -> None:
        answer = visitor.post("/preferences/theme", {"theme": "dark", "next": "/catalogue"})
        assert answer.status_code == 302
        assert answer.headers["Location"] == "/catalogue"
        assert 'data-theme="dark"' in visitor.get("/").content.decode()

    def test_way_back_stays_on_this_site(self, visitor: Client) -> None:
        for target in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
            assert visitor.post("/preferences/theme", {"theme": "dark", "next": target}).headers["Location"] == "/"

    def test_other_sites_cannot_choose(self, visitor: Client) -> None:
        answer = visitor.post("/preferences/theme", {"theme": "dark"}, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403

    def test_unknown_choice_is_left_out(self, visitor: Client) -> None:
        assert not visitor.post("/preferences/theme", {"theme": '"><script>'}).cookies


def test_robots_are_told_to_leave_credentials_alone(visitor: Client) -> None:
    assert "Disallow: /credentials/" in visitor.get("/robots.txt").content.decode()
