"""Search that leads to passages: what it searches is a list in a script, which is made here.

The passages of the record come from the data, those of other pages from the built pages: their
sections, the entries of the glossary and of the references. A page opened from disk may not fetch,
so the list is a script that gives it a name. The engine of Sphinx is left out of the build.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import explorer_views
from docutils import nodes
from lxml import html
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata

from analysis.page import explorer
from analysis.page.passages import Passage, passages
from analysis.page.synonyms import SYNONYMS
from analysis.record import Record

LIST = "passages.js"
RECORD = "book/record"
LONGEST = 200  # characters of a section; it is found by words in its beginning
# Running text, and what is no text of its section: what is a passage itself, tables, code, reasons
# that are folded, and the definitions of words.
TEXT = ".//p | .//li[not(.//p)] | .//figcaption[not(.//p)]"
OTHERS = (
    "asked citation code fold item match meaning places said caption-number page-links switch files"
)
APART = ".//table | .//dl | .//svg | .//noscript | .//script"
APART += "".join(
    f' | .//*[contains(concat(" ", @class, " "), " {name} ")]' for name in OTHERS.split()
)
LIMITS = "what-this-does-not-show"  # every page has it: to find all of them helps nobody
ENTRIES = './/dl[not(@class="function")]/dt[@id]'
ENTRIES += ' | .//div[@id and contains(concat(" ", @class, " "), " citation ")]'
Element = Any  # lxml-stubs do not cover lxml.html

Found = dict[str, list[Passage]]  # by page


def leave_out_engine(app: Sphinx) -> None:
    """Let Sphinx make no index."""
    if app.builder.format == "html":
        app.builder.search = False  # type: ignore[attr-defined]


def sections(page: str) -> Iterator[Passage]:
    """Yield the sections of a page, and the entries of its lists of terms and sources.

    >>> list(sections('<article><section id="a"><h1>A</h1><p>One.</p></section></article>'))
    [Passage(anchor='a', name='A', text='One.', also='')]
    """
    article = html.document_fromstring(page).find(".//article")
    for entry in article.xpath(ENTRIES):
        is_term = entry.tag == "dt"
        name, text = (words(entry), entry.getnext()) if is_term else ("Source", entry[-1])
        yield Passage(entry.get("id"), name, words(text))
    for part in article.xpath(APART):
        part.drop_tree()
    for section in article.iter("section"):
        if not section.get("id").startswith(LIMITS):
            texts = [words(part) for part in section.xpath(TEXT) if is_own(part, section)]
            heading = words(section.find("*"))
            yield Passage(section.get("id"), heading, beginning(" ".join(texts)))


def is_own(part: Element, section: Element) -> bool:
    """Return True for words that are in no section within a section."""
    return next(part.iterancestors("section")) is section


def words(element: Element) -> str:
    """Return the text of an element on one line."""
    return " ".join(element.text_content().split())


def beginning(text: str) -> str:
    """Return the beginning of a text, up to the end of a word.

    >>> beginning("word " * 200)[-5:]
    'word…'
    """
    if len(text) <= LONGEST:
        return text
    return re.sub(r"\W*\w*$", "", text[:LONGEST]) + "…"


def of_record(app: Sphinx, data: Record) -> Found:
    """Return the passages of the record by the page that has them; none in a book without it.

    Raises
    ------
    ExtensionError
        If no page has an anchor.
    """
    domain = cast(StandardDomain, app.env.get_domain("std"))
    found: Found = {}
    for passage in passages(data) if RECORD in app.env.found_docs else []:
        page = domain.anonlabels.get(passage.anchor, ("", ""))[0]
        if passage.anchor.startswith("?"):
            explorer.view(passage.anchor[1:], explorer.facets(data))
            page = explorer_views.PAGE
        if not page:
            raise ExtensionError(f"No page has the anchor '{passage.anchor}' of a passage.")
        found.setdefault(page, []).append(passage)
    return found


def of_pages(app: Sphinx, elsewhere: Found) -> Found:
    """Return the passages of all pages; of one that holds the record, only its beginning."""
    found = {}
    for page in sorted(app.env.found_docs):
        text = Path(app.outdir, f"{page}.html").read_text(encoding="utf-8")
        every = list(sections(text))
        found[page] = every[:1] if page in elsewhere and page != explorer_views.PAGE else every
    return found


def write_list(app: Sphinx, exception: Exception | None) -> None:
    """Write the list of passages."""
    if exception or app.builder.format != "html":
        return
    items = of_record(app, explorer_views.data())
    given = {
        "synonyms": [forms for forms, _ in SYNONYMS],
        "titles": {page: app.env.titles[page].astext() for page in sorted(app.env.found_docs)},
        "record": items,
        "pages": of_pages(app, items),
    }
    text = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    # Not among the scripts, which are searched for the names of what the style sheets must keep.
    Path(app.outdir, LIST).write_text(f"const PASSAGES={text};\n", encoding="utf-8")


def add_sheet(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Add the style sheet of the search."""
    if page == "search":
        app.add_css_file(explorer_views.SHEET)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.connect("builder-inited", leave_out_engine, priority=900)
    app.connect("html-page-context", add_sheet, priority=400)
    app.connect("build-finished", write_list)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
