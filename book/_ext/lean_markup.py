"""Write pages without the markup that neither style sheets nor scripts of the book use.

Many readers have a slow connection, and such markup is on thousands of elements.
"""

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
# The kinds of token that the style sheet colours.
COLOURED = (Comment, Keyword, Name.Tag, Number, Operator.Word, String)
PLAIN = (String.Affix, String.Interpol)


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


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.set_translator("html", LeanTranslator)
    app.connect("builder-inited", mark_less_code)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
