"""Write pages without the markup that neither style sheets nor scripts of the book use.

Many readers have a slow connection, and such markup is on thousands of elements. Nor do pages keep
the indentation of the theme's templates, and the drawings of icons that they do not show.
"""

import re
from pathlib import Path
from typing import IO, Any

from docutils import nodes
from pygments.formatters import HtmlFormatter
from pygments.token import Comment, Keyword, Name, Number, Operator, String, Text, _TokenType
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

# Names that docutils, Sphinx and MyST-NB give to elements.
UNUSED = set(
    "colwidths-auto container head internal pasted-text row-even row-odd rubric std std-doc".split()
)
UNUSED |= {"std-numref", "std-ref", "stub"}
# Names in the descriptions of functions.
UNUSED |= set(
    "default_value descclassname descname field-even field-list field-odd n o py sig sig-name"
    " sig-object sig-param sig-paren sig-prename simple".split()
)
BARE = re.compile(r'<span(?: class="pre")?>([^<]*)</span>')
# The kinds of token that the style sheet colours.
COLOURED = (Comment, Keyword, Name.Tag, Number, Operator.Word, String)
PLAIN = (String.Affix, String.Interpol)
# Elements before and after which no blank is shown.
BLOCKS = "article|aside|caption|div|dl|dd|dt|figure|footer|h1|h2|h3|h4|header|li|main|nav|ol|p"
BLOCKS += "|section|table|tbody|td|th|thead|tr|ul"
# A line break with the blanks around it, outside of what shows blanks or means something by them.
SPACE = re.compile(
    r"(?P<kept><(pre|script|style|textarea)\b.*?</\2>)"
    rf"|\s*\n\s*(?=</?(?:{BLOCKS})\b)|\s*(?P<line>\n)\s*",
    re.DOTALL,
)
ICON = re.compile(r'<symbol id="([^"]+)".*?</symbol>', re.DOTALL)


class LeanTranslator(HTML5Translator):
    """The translator of Sphinx, without names of classes that are not used."""

    def starttag(
        self, node: Any, tagname: str, suffix: str = "\n", empty: bool = False, **attributes: Any
    ) -> str:
        """Return a start tag without the unused classes."""
        lean = node.copy()
        lean["classes"] = [name for name in node.get("classes", []) if is_used(name, node)]
        for key in attributes.keys() & {"class", "CLASS"}:
            names = attributes[key].split()
            attributes[key] = " ".join(name for name in names if is_used(name, node))
        if "classes" in attributes:
            attributes["classes"] = [name for name in attributes["classes"] if is_used(name, node)]
        return super().starttag(lean, tagname, suffix, empty, **attributes)

    def __init__(self, document: nodes.document, builder: StandaloneHTMLBuilder) -> None:
        super().__init__(document, builder)
        self.meta = [tag for tag in self.meta if 'name="viewport"' not in tag]  # the theme has it

    def visit_inline(self, node: nodes.inline) -> None:
        """Open a span unless it would have no attributes."""
        if not is_bare(node):
            super().visit_inline(node)

    def depart_inline(self, node: nodes.inline) -> None:
        """Close the span if it was opened."""
        if not is_bare(node):
            super().depart_inline(node)


def is_used(name: str, node: Any) -> bool:
    """Return True if a style sheet or script asks for the class on this kind of element."""
    if name == "reference":  # only links in the navigation bars
        return type(node.parent).__name__ == "compact_paragraph"
    if name == "docutils":
        return isinstance(node, nodes.table | nodes.transition)
    return name not in UNUSED


def is_bare(node: nodes.inline) -> bool:
    """Return True if a span would have neither an id nor a class that is used."""
    return not node["ids"] and not any(is_used(name, node) for name in node["classes"])


class LeanFormatter(HtmlFormatter):  # type: ignore[misc]
    """Mark in code only what is coloured."""

    def format(self, tokensource: Any, outfile: IO[str]) -> None:
        """Write the code, its other tokens as plain text."""
        super().format(((plain(kind), value) for kind, value in tokensource), outfile)


def plain(kind: _TokenType) -> _TokenType:
    """Return the kind of a token if it is coloured, and plain text otherwise."""
    coloured = any(kind in group for group in COLOURED)
    return kind if coloured and not any(kind in group for group in PLAIN) else Text


def mark_less_code(app: Sphinx) -> None:
    """Give the formatter to the builder of pages."""
    if isinstance(app.builder, StandaloneHTMLBuilder):
        app.builder.highlighter.formatter = LeanFormatter


def shorten_pages(app: Sphinx, exception: Exception | None) -> None:
    """Rewrite the built pages."""
    if exception or app.builder.format != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        path.write_text(without_bare(without_blanks(without_icons(page))), encoding="utf-8")


def without_blanks(page: str) -> str:
    r"""Return a page with one line break for several blanks, and none where a block begins or ends.

    >>> without_blanks("<ul>\n  <li>a</li>\n</ul>\n <a>b</a>\n\n c<pre>d\n\n  e</pre>")
    '<ul><li>a</li></ul>\n<a>b</a>\nc<pre>d\n\n  e</pre>'
    """
    return SPACE.sub(lambda found: found["kept"] or found["line"] or "", page)


def without_bare(page: str) -> str:
    """Return a page without spans that say nothing, from the inside out.

    >>> without_bare('<span><span class="pre">a</span></span> <span id="b"></span>')
    'a <span id="b"></span>'
    """
    while (shorter := BARE.sub(r"\1", page)) != page:
        page = shorter
    return page


def without_icons(page: str) -> str:
    """Return a page without the symbols that it does not use.

    >>> without_icons('<symbol id="a"><b/></symbol><symbol id="c"/></symbol><use href="#c">')
    '<symbol id="c"/></symbol><use href="#c">'
    """
    return ICON.sub(lambda found: found[0] if f'href="#{found[1]}"' in page else "", page)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.set_translator("html", LeanTranslator)
    app.connect("builder-inited", mark_less_code)
    app.connect("build-finished", shorten_pages, priority=940)  # before lean_styles reads pages
    return {"parallel_read_safe": True, "parallel_write_safe": True}
