"""SVG baking: one element more, nothing else touched; and what a hostile file is refused for."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openbadgeslib import baking as stranger

from skillmark.credentials.baking import bake, extract
from skillmark.credentials.baking.svg import tag_at
from skillmark.errors import InputError

TOKEN = "eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJkaWQ6a2V5OnoifQ.c2lnbmF0dXJl"
JSON = '{"name":"Zertifikat für Köche 🎓","text":"a ]]> b ]]]]>> & <tag> &amp;"}'
SPACE = "http://www.w3.org/2000/svg"
NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
PLAIN = f'<svg xmlns="{SPACE}" viewBox="0 0 9 9"><circle r="4"/><!-- > --></svg>'.encode()
HOLDER = f'<openbadges:credential xmlns:openbadges="{NAMESPACE}"'


def around(inner, *, opening=f'<svg xmlns="{SPACE}">'):
    return f"{opening}{inner}</svg>".encode()


def taken_out_by_lxml(image):
    [element] = etree.fromstring(image).iter(f"{{{NAMESPACE}}}credential")
    return element.get("verify") or element.text


@pytest.mark.parametrize("credential", [TOKEN, JSON, JSON.encode()])
def test_what_is_baked_is_what_comes_out(credential):
    text = credential.decode() if isinstance(credential, bytes) else credential
    assert extract(bake(PLAIN, credential)) == text
    assert taken_out_by_lxml(bake(PLAIN, credential)) == text


def test_token_stands_in_the_published_form():
    assert (
        bake(PLAIN, TOKEN)
        == (
            f'<svg xmlns:openbadges="{NAMESPACE}" xmlns="{SPACE}" viewBox="0 0 9 9">'
            f'<openbadges:credential verify="{TOKEN}"></openbadges:credential>'
            '<circle r="4"/><!-- > --></svg>'
        ).encode()
    )


def test_json_stands_in_a_cdata_section():
    assert b'<openbadges:credential><![CDATA[{"a":1}]]></openbadges:credential><circle' in bake(PLAIN, '{"a":1}')


PICTURES = {
    "with a declaration": b'<?xml version="1.0" encoding="UTF-8"?>\n' + PLAIN,
    "with a byte order mark": b"\xef\xbb\xbf" + PLAIN,
    "with a comment that looks like the root": b'<!-- <svg x=">"> -->' + PLAIN,
    "with brackets in an attribute": f"<svg xmlns='{SPACE}' a='>' b=\"'>\" >\n<g/>\n</svg>\n".encode(),
    "empty": f'<svg xmlns="{SPACE}" a="/>"/>'.encode(),
    "empty with a space": f'<svg xmlns="{SPACE}" />'.encode(),
    "with a prefix": f'<s:svg xmlns:s="{SPACE}"><s:g/></s:svg>'.encode(),
    "with a prefix, empty": f'<s:svg xmlns:s="{SPACE}"/>'.encode(),
    "with our prefix declared": around("<g/>", opening=f'<svg xmlns="{SPACE}" xmlns:openbadges="{NAMESPACE}">'),
    "with our prefix for something else": around("<g/>", opening=f'<svg xmlns="{SPACE}" xmlns:openbadges="urn:x">'),
    "with our prefix further in": around('<g xmlns:openbadges="urn:x"/>'),
    "with text in many scripts": around("<text>Ünïcödé 漢字 🎓</text>"),
    "with line ends of three kinds": f'<svg\r\nxmlns="{SPACE}"\r>\n<g/>\r\n</svg>'.encode(),
}


@pytest.mark.parametrize("credential", [TOKEN, JSON])
@pytest.mark.parametrize("case", PICTURES)
def test_every_well_formed_picture_can_carry_a_credential(case, credential):
    baked = bake(PICTURES[case], credential)
    assert extract(baked) == taken_out_by_lxml(baked) == credential
    assert bake(bake(PICTURES[case], JSON), credential) == baked


@pytest.mark.parametrize("case", PICTURES)
def test_nothing_else_in_the_picture_changes(case):
    tree = etree.fromstring(bake(PICTURES[case], TOKEN))
    [element] = tree.iter(f"{{{NAMESPACE}}}credential")
    assert tree[0] is element
    tree.text = (tree.text or "") + (element.tail or "")
    tree.remove(element)
    etree.cleanup_namespaces(tree, keep_ns_prefixes=["s"])
    before = etree.fromstring(PICTURES[case])
    etree.cleanup_namespaces(before, keep_ns_prefixes=["s"])
    assert etree.tostring(tree, method="c14n") == etree.tostring(before, method="c14n")


@pytest.mark.parametrize(
    "carried",
    [
        f'{HOLDER} verify="old"/>',
        f'{HOLDER} verify="old"></openbadges:credential>',
        f'{HOLDER} a=">" ><![CDATA[{{"old":1}}]]></openbadges:credential >',
        f'{HOLDER} verify="old"/>{HOLDER} verify="older"/>',
        f"{HOLDER}>{HOLDER}/></openbadges:credential>",
        '<o:assertion xmlns:o="http://openbadges.org" verify="https://x.test/1"><![CDATA[{}]]></o:assertion>',
        '<c:credential xmlns:c="https://purl.imsglobal.org/clr/v2p0" verify="old"/>',
    ],
    ids=["empty", "token", "text", "two", "nested", "Open Badges 2", "CLR 2"],
)
def test_credential_carried_before_is_replaced(carried):
    assert bake(around(f"<g/>{carried}<path/>"), TOKEN) == bake(around("<g/><path/>"), TOKEN)


def test_stranger_takes_out_what_we_put_in_and_we_what_he_put_in():
    name = stranger.SVG_ELEMENT_OB3
    assert stranger.extract_svg(bake(PLAIN, TOKEN), element=name) == TOKEN
    assert stranger.extract_svg(bake(PLAIN, JSON), element=name, text_fallback=True) == JSON
    assert extract(stranger.bake_svg(PLAIN, TOKEN, element=name, namespace=stranger.SVG_NS_OB3)) == TOKEN


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=20),
        st.text(st.sampled_from("]>[<&'\"a \u2028é🎓"), max_size=60),
        max_size=4,
    )
)
def test_any_json_that_xml_can_hold_survives(document):
    text = json.dumps(document, ensure_ascii=False)
    baked = bake(PLAIN, text)
    assert extract(baked) == taken_out_by_lxml(baked) == text


@pytest.mark.parametrize("character", ["\ufffe", "\uffff"])
def test_character_that_xml_cannot_hold_is_named(character):
    with pytest.raises(InputError) as caught:
        bake(PLAIN, json.dumps({"a": character}, ensure_ascii=False))
    assert caught.value.rule == "bake-character"


@pytest.mark.parametrize(
    "inner",
    [
        f'{HOLDER}>\n  <![CDATA[\n{{"a":1}}\n]]>\n</openbadges:credential>',
        f"{HOLDER}>{{&quot;a&quot;:1}}</openbadges:credential>",
        f'{HOLDER}><![CDATA[{{"a"]]><![CDATA[:1}}]]></openbadges:credential>',
        f'{HOLDER}><!-- a note -->{{"a":1}}</openbadges:credential>',
        f'<g><x:credential xmlns:x="{NAMESPACE}">{{"a":1}}</x:credential></g>',
    ],
    ids=["white space", "escaped", "split", "with a comment", "another prefix, further in"],
)
def test_text_is_read_however_it_is_written(inner):
    assert extract(around(inner)) == '{"a":1}'


REFUSED = {
    "no credential": (PLAIN, "baked-nothing"),
    "empty credential": (around(f"{HOLDER}/>"), "baked-nothing"),
    "blank credential": (around(f'{HOLDER} verify=" ">\n</openbadges:credential>'), "baked-nothing"),
    "two credentials": (around(f'{HOLDER} verify="a"/>{HOLDER} verify="a"/>'), "baked-ambiguous"),
    "token and text": (around(f'{HOLDER} verify="a">{{}}</openbadges:credential>'), "baked-ambiguous"),
    "one within another": (
        around(f'{HOLDER} verify="a">{HOLDER} verify="b"/></openbadges:credential>'),
        "baked-ambiguous",
    ),
    "another generation beside it": (
        around(f'{HOLDER} verify="a"/><o:assertion xmlns:o="http://openbadges.org" verify="b"/>'),
        "baked-ambiguous",
    ),
    "another generation alone": (
        around('<o:assertion xmlns:o="http://openbadges.org" verify="b"/>'),
        "baked-unsupported",
    ),
    "element inside": (around(f"{HOLDER}>{{}}<g/></openbadges:credential>"), "baked-unsupported"),
    "text too long": (around(f"{HOLDER}>{'a' * ((1 << 20) + 1)}</openbadges:credential>"), "baked-size"),
    "file too long": (around(" " * (4 << 20)), "image-size"),
    "too many elements": (around("<g/>" * 200_000), "image-size"),
    "too many attributes": (around(f"<g{' a=' * 200_000}/>"), "image-size"),
    "document type": (b"<!DOCTYPE svg>" + PLAIN, "image-doctype"),
    "entity": (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + PLAIN, "image-doctype"),
    "undefined entity": (around("&a;"), "image-damaged"),
    "cut short": (PLAIN[:-4], "image-damaged"),
    "two roots": (PLAIN + PLAIN, "image-damaged"),
    "not UTF-8": (around("<g/>").replace(b"<g/>", b"<g a='\xff'/>"), "image-damaged"),
    "declared as ASCII": (b'<?xml version="1.0" encoding="us-ascii"?>' + PLAIN, "image-encoding"),
    "declared as Latin-1": (b'<?xml version="1.0" encoding="ISO-8859-1"?>' + PLAIN, "image-encoding"),
    "prefix nobody declared": (around('<openbadges:credential verify="a"/>'), "image-damaged"),
    "a page that shows an SVG": (b"<html>" + PLAIN + b"</html>", "image-kind"),
    "an svg of no namespace": (b"<svg></svg>", "image-kind"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_doubtful_picture_is_refused_by_rule(case):
    data, rule = REFUSED[case]
    with pytest.raises(InputError) as caught:
        extract(data)
    assert caught.value.rule == rule


def test_entities_of_the_attack_corpus_are_refused_and_show_nothing(shared):
    with pytest.raises(InputError) as caught:
        extract((shared / "attack/A39-entities.svg").read_bytes())
    assert caught.value.rule == "image-doctype"
    assert caught.value.message == "an SVG must not have a document type or entities"


def test_token_beside_a_script_is_taken_out_as_text(shared):
    token = extract((shared / "attack/A38-script.svg").read_bytes())
    assert token == (shared / "attack/A01-eddsa.jwt").read_text().strip()


@pytest.mark.parametrize("broken", [b"<svg a='", b"no tag", b"<>"])
def test_tag_that_does_not_end_is_refused(broken):
    with pytest.raises(InputError):
        tag_at(broken, 0)
