"""Explain words of the glossary where running text first uses them on a page.

The word becomes a button that opens its definition, by tap and by keyboard and without a script. In
print, and in a browser that knows no popovers, it is only the word. The terms are those of the
first list of the glossary; a term such as "Uptake, textual uptake" is known by each of its forms.
"""

import re
from html import escape
from itertools import groupby
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.typing import ExtensionMetadata
from sphinx.writers.html5 import HTML5Translator

MOST = 8  # words that are explained on a page
WITHOUT = ("api", "develop")  # for developers
# What is read as a whole, holds code or leads elsewhere.
NOT_RUNNING_TEXT = (
    nodes.citation,
    nodes.figure,
    nodes.literal,
    nodes.literal_block,
    nodes.reference,
    nodes.strong,
    nodes.table,
)


class explained_word(nodes.Inline, nodes.TextElement):
    """A word that opens its definition."""


class definitions(nodes.General, nodes.Element):
    """The definitions of the words that a page explains; their texts are no text of the page."""


class Entry(NamedTuple):
    """A term of the glossary: its anchor, its name, its definition, and what it looks like."""

    anchor: str
    name: str
    meaning: str
    pattern: re.Pattern[str]


def pattern(term: str) -> re.Pattern[str]:
    """Return what finds a term in one of its forms, in the singular or the plural.

    >>> [match[0] for match in pattern("Party, side").finditer("Parties to it took  sides.")]
    ['Parties', 'sides']
    """
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(_form, term.split(', ')))})(?![\w-])", re.I)


def _form(words: str) -> str:
    stem = re.escape(words.removesuffix("s") if len(words) > 4 else words)
    if stem.endswith("y"):
        stem = f"{stem[:-1]}(?:y|ie)"
    return stem.replace(r"\ ", r"\s+").replace("'", "['’]") + "s?"


def anchor(term: str) -> str:
    """Return the anchor of a term in the glossary.

    >>> anchor("Uptake, textual uptake"), anchor("Constructive dialogue")
    ('term-uptake', 'term-constructive-dialogue')
    """
    return "term-" + re.sub(r"[^a-z0-9]+", "-", term.split(", ")[0].lower()).strip("-")


def entries(glossary: nodes.document) -> list[Entry]:
    """Return the entries of the first list of a glossary."""
    found = []
    for item in next(glossary.findall(nodes.definition_list), []):
        term, *rest = (part.astext() for part in item.children)
        found.append(Entry(anchor(term), term, " ".join(" ".join(rest).split()), pattern(term)))
    return found


class AnchorTerms(SphinxTransform):
    """Give every term of a list of definitions its anchor."""

    default_priority = 500

    def apply(self, **kwargs: Any) -> None:
        """Add the anchors on the page of the glossary."""
        if self.env.docname == self.config.glossary_page:
            for term in self.document.findall(nodes.term):
                term["ids"].append(anchor(term.astext()))


class ExplainWords(SphinxPostTransform):
    """Make the first use of each term in running text a button, up to a number of them."""

    formats = ("html",)
    default_priority = 500  # after links

    def run(self, **kwargs: Any) -> None:
        """Mark the words, and put their definitions at the end of the page."""
        page, name = self.env.docname, self.config.glossary_page
        left = {} if page == name or page.rpartition("/")[2] in WITHOUT else glossary(self.env)
        used: list[Entry] = []
        for paragraph in self.document.findall(nodes.paragraph):
            join_lines(paragraph)
        for text in [text for text in self.document.findall(nodes.Text) if is_running(text)]:
            used += explain(text, left, MOST - len(used))
        if used:
            where = self.app.builder.get_relative_uri(page, name)
            meanings = {entry.anchor: definition(entry, where) for entry in used}
            self.document.append(definitions(meanings=meanings))


def join_lines(paragraph: nodes.paragraph) -> None:
    """Join the lines of a paragraph, which the parser keeps apart: a term may begin in one."""
    parts: list[nodes.Node] = []
    for is_text, group in groupby(paragraph.children, lambda node: isinstance(node, nodes.Text)):
        found = list(group)
        parts += [nodes.Text("".join(node.astext() for node in found))] if is_text else found
    paragraph[:] = parts


def glossary(env: BuildEnvironment) -> dict[str, Entry]:
    """Return the entries of the glossary by anchor; none if the book has no glossary."""
    name = env.config.glossary_page
    found = entries(env.get_doctree(name)) if name in env.all_docs else []
    return {entry.anchor: entry for entry in found}


def is_running(text: nodes.Text) -> bool:
    """Return True for words that are written in a paragraph of a page, and not made by code."""
    inside, node = False, text.parent
    while node is not None:
        if isinstance(node, NOT_RUNNING_TEXT) or node.get("nb_element") == "cell_code":
            return False
        if isinstance(node, nodes.container) and "item" in node["classes"]:
            return False
        inside, node = inside or isinstance(node, nodes.paragraph), node.parent
    return inside


def explain(text: nodes.Text, left: dict[str, Entry], most: int) -> list[Entry]:
    """Mark in a text the first use of each term that is left, and take these terms out.

    Where two terms begin at one place, the longer use is marked.
    """
    words, done, used, parts = text.astext(), 0, [], list[nodes.Node]()
    while len(used) < most:
        uses = [
            (match, entry)
            for entry in left.values()
            if (match := entry.pattern.search(words, done))
        ]
        if not uses:
            break
        match, entry = min(uses, key=lambda use: (use[0].start(), -use[0].end()))
        word = explained_word("", match[0], anchor=entry.anchor)
        before, opening = re.fullmatch(
            r"(.*?)(\S*)", words[done : match.start()], re.DOTALL
        ).groups()
        closing = re.match(r"\S*", words[match.end() :])[0]
        glued = [nodes.Text(opening), word, nodes.Text(closing)]
        kept = nodes.inline("", "", *glued, classes=["kept"]) if opening + closing else word
        parts += [nodes.Text(before), kept]
        done = match.end() + len(closing)
        used.append(left.pop(entry.anchor))
    if used:
        text.parent.replace(text, [*parts, nodes.Text(words[done:])])
    return used


def definition(entry: Entry, glossary: str) -> str:
    """Return the definition as a page has it: the term, which leads to its entry, and the words."""
    link = f'<a href="{escape(glossary)}#{entry.anchor}">{escape(entry.name)}</a>'
    return f"{link}: {escape(entry.meaning, quote=False)}"


def visit_explained_word(self: HTML5Translator, node: explained_word) -> None:
    """Open the button."""
    self.body.append(f'<button class="explained" popovertarget="{node["anchor"]}">')


def depart_explained_word(self: HTML5Translator, node: explained_word) -> None:
    """Close the button."""
    self.body.append("</button>")


def visit_definitions(self: HTML5Translator, node: definitions) -> None:
    """Write the definitions, which are hidden until their button is pressed."""
    for anchor, meaning in node["meanings"].items():
        self.body.append(f'<div class="meaning" id="{anchor}" popover>{meaning}</div>\n')


def depart_definitions(self: HTML5Translator, node: definitions) -> None:
    """Do nothing: the definitions are written."""


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_config_value("glossary_page", "book/glossary", "env", str)
    app.add_transform(AnchorTerms)
    app.add_post_transform(ExplainWords)
    app.add_node(explained_word, html=(visit_explained_word, depart_explained_word))
    app.add_node(definitions, html=(visit_definitions, depart_definitions))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
