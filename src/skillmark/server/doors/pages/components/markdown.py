"""Markdown from strangers as safe HTML: a small set of elements, links that carry nothing, no pictures."""

from __future__ import annotations

from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

# Headings of a text are made smaller than those of the page it stands on.
_ELEMENTS = {
    "p",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "code",
    "pre",
    "blockquote",
    "br",
    "hr",
    "a",
    "h3",
    "h4",
    "h5",
    "h6",
}
_PARSER = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable(["image"])
_SHIFT = 2


@lru_cache(maxsize=512)
def render_markdown(text: str) -> SafeString:
    """The text as HTML that may stand in our pages."""
    tokens = _PARSER.parse(text)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + _SHIFT)}"
    html = _PARSER.renderer.render(tokens, _PARSER.options, {})
    clean = nh3.clean(
        html,
        tags=_ELEMENTS,
        attributes={"a": {"href", "title"}, "ol": {"start"}},
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener noreferrer nofollow ugc",
    )
    return mark_safe(clean)  # noqa: S308 - cleaned by an allow-list on the line above
