"""Set a figure as its message, what one mark in it is, the drawing, and what to know of it.

The directive ``drawn`` takes the message as its argument and all else as its content, so that a
drawing may be a picture or a table of marks. Like a written figure it has a number and an anchor.
The role ``marks`` draws a mark for each word that it holds, from the list of forms. The role
``square`` draws one that leads to an anchor, and tells what is there: ``none s-16c 16c, what``.
"""

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.typing import ExtensionMetadata

# What a mark can be. One form is one unit in the whole book: a square is a proposal, a dot a match
# with a recommendation, a diamond a problem stated, a disc any other statement.
FORMS = {
    "full": "sq full",
    "partial": "sq part",
    "none": "sq none",
    "match-full": "dot full",
    "match-partial": "dot part",
    "concern": "concern",
    "other": "disc",
}


class Drawn(SphinxDirective):
    """Make a figure of a message and of whatever draws it."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec = {"name": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return the figure, its message first."""
        words, messages = self.parse_inline(self.arguments[0], lineno=self.lineno)
        figure = nodes.figure("", nodes.caption("", "", *words), *self.parse_content_to_nodes())
        self.set_source_info(figure)
        self.add_name(figure)
        return [figure, *messages]


class Marks(SphinxRole):
    """Draw marks that say nothing: the words beside them do."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a mark for each word."""
        return [drawn(self.text.split())], []


class Square(SphinxRole):
    """Draw a mark that is a link; its words show when it is pointed at."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link, which the strict build follows."""
        form, anchor, words = self.text.split(" ", 2)
        # As MyST itself does for a link to an anchor.
        link = nodes.reference("", "", id_link=True, refuri=f"#{anchor}")
        link += [drawn([form]), nodes.inline("", words, classes=["tip"])]
        self.set_source_info(link)
        return [link], []


def drawn(forms: list[str]) -> nodes.raw:
    """Return the marks of forms."""
    unknown = sorted(set(forms) - set(FORMS))
    if unknown:
        raise ExtensionError(f"Invalid mark '{unknown[0]}'. Must be one of: {', '.join(FORMS)}.")
    marks = "".join(f'<i class="{FORMS[form]}"></i>' for form in forms)
    return nodes.raw("", f'<span class="marks" aria-hidden="true">{marks}</span>', format="html")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_directive("drawn", Drawn)
    app.add_role("marks", Marks())
    app.add_role("square", Square())
    return {"parallel_read_safe": True, "parallel_write_safe": True}
