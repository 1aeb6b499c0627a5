"""Leave out of the style sheets what no page asks for.

A rule is removed only if its selector names an element, class or id that no page has and no script
mentions; a variable only if nothing reads it. A CSS parser reads the style sheet of the theme, so a
new version of it needs no change here. tests/test_browser.py checks that pages look the same.
"""

import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import tinycss2
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.typing import ExtensionMetadata

SHEETS = ("styles/furo.css", "style.css", "find.css")
GROUPS = ("media", "supports")
STRING = re.compile(r"""(["'])(?:[^\\\n]|\\.)*?\1|`[^`]*`""")  # of a script
OPTIONS = {"skip_comments": True, "skip_whitespace": True}
Node = Any  # tinycss2 has no type hints


def shorten_sheets(app: Sphinx, exception: Exception | None) -> None:
    """Rewrite the style sheets of the built pages."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    pages = [path.read_text(encoding="utf-8") for path in sorted(Path(app.outdir).rglob("*.html"))]
    scripts = [path.read_text(encoding="utf-8") for path in sorted(static.rglob("*.js"))]
    used = names_in_pages(pages) | names_in_scripts(scripts)
    sheets = {
        name: without_rules((static / name).read_text(encoding="utf-8"), used) for name in SHEETS
    }
    read = set(re.findall(r"var\(\s*(--[\w-]+)", " ".join([*sheets.values(), *pages, *scripts])))
    for name, css in sheets.items():
        (static / name).write_text(without_blanks(without_variables(css, read)), encoding="utf-8")


def names_in_pages(pages: Iterable[str]) -> set[str]:
    """Return the names of all elements, classes and ids.

    >>> sorted(names_in_pages(['<p class="a b"><br id="c"></p>']))
    ['a', 'b', 'br', 'c', 'p']
    """
    collector = NameCollector()
    for page in pages:
        collector.feed(page)
    return collector.names


def names_in_scripts(scripts: Iterable[str]) -> set[str]:
    """Return the words of all strings: a script can ask for an element by no others.

    >>> sorted(names_in_scripts(["box.add('a b', `c`)"]))
    ['a', 'b', 'c']
    """
    strings = (found[0] for script in scripts for found in STRING.finditer(script))
    return set(re.findall(r"[\w-]+", " ".join(strings)))


class NameCollector(HTMLParser):
    """Collect the names by which a selector can ask for an element of the pages it reads."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the names of an element."""
        self.names.add(tag)
        for key, value in attrs:
            if key in ("class", "id"):
                self.names.update((value or "").split())


def without_rules(css: str, used: set[str]) -> str:
    """Return a style sheet without comments, line breaks and the rules that ask for unused names.

    >>> without_rules(".a{x:1} .b .a, .a p{y:  2} @media print {.b{z:3}}", {"a", "p"})
    '.a{x:1} .a p{y: 2}'
    """
    return str(tinycss2.serialize(used_rules(css, used)))


def without_variables(css: str, read: set[str]) -> str:
    """Return a style sheet without the variables that are not read.

    >>> without_variables("@media print{a{--v:1;--w:2;x:3}}", {"--w"})
    '@media print{a{--w:2;x:3;}}'
    """
    return str(tinycss2.serialize(rules_without_variables(css, read)))


def without_blanks(css: str) -> str:
    """Return a style sheet without the blanks that mean nothing.

    >>> without_blanks('a , b > c d {x: f(1, 2 + 3) , "4, 5"} @media not print {a {y: z; }}')
    'a,b>c d{x:f(1,2 + 3),"4, 5"}@media not print{a{y:z}}'
    """
    return str(tinycss2.serialize(tight_rules(css)))


def tight_rules(css: str | list[Node]) -> Iterator[Node]:
    """Yield the rules, each without the blanks that mean nothing."""
    for rule in rules(css):
        if rule.type == "qualified-rule":
            rule.prelude = tight(rule.prelude, ",>+~")
            declarations = valid(tinycss2.parse_blocks_contents(rule.content, **OPTIONS))
            for node in declarations:
                node.value = tight(node.value)
            lean = tinycss2.serialize(declarations).removesuffix(";")
            rule.content = tinycss2.parse_component_value_list(lean)
        elif rule.lower_at_keyword in GROUPS:
            rule.prelude = [rule.prelude[0], *tight(rule.prelude[1:])]
            rule.content = list(tight_rules(rule.content))
        yield rule


def tight(nodes: list[Node], signs: str = ",") -> list[Node]:
    """Return nodes without blanks at both ends and beside the signs."""
    for node in nodes:
        for part in ("content", "arguments"):
            if isinstance(getattr(node, part, None), list):
                setattr(node, part, tight(getattr(node, part)))
    ends = [node is None or node in list(signs) for node in (None, *nodes, None)]
    return [
        node
        for node, before, after in zip(nodes, ends, ends[2:], strict=False)
        if node.type != "whitespace" or not (before or after)
    ]


def used_rules(css: str | list[Node], used: set[str]) -> Iterator[Node]:
    """Yield the rules of a style sheet, or of a block of rules, that may apply to a page."""
    for rule in rules(css):
        if rule.type == "qualified-rule":
            rule.prelude = used_selectors(rule.prelude, used)
            if not rule.prelude:
                continue
        elif rule.lower_at_keyword in GROUPS:
            rule.content = list(used_rules(rule.content, used))
            if not rule.content:
                continue
        yield rule


def rules_without_variables(css: str | list[Node], read: set[str]) -> Iterator[Node]:
    """Yield the rules, each without the variables that are not read."""
    for rule in rules(css):
        if rule.type == "qualified-rule":
            declarations = valid(tinycss2.parse_blocks_contents(rule.content, **OPTIONS))
            rule.content = [
                node for node in declarations if node.name in read or node.name[:2] != "--"
            ]
        elif rule.lower_at_keyword in GROUPS:
            rule.content = list(rules_without_variables(rule.content, read))
        yield rule


def rules(css: str | list[Node]) -> list[Node]:
    """Return the rules of a style sheet or of a block of rules, line breaks joined."""
    parsed = valid(tinycss2.parse_rule_list(css, **OPTIONS))
    for rule in parsed:
        valid(rule.prelude)
    join_lines(parsed)
    return parsed


def valid(nodes: list[Node]) -> list[Node]:
    """Return what a parser has returned, or fail if it could not read all of it."""
    for node in nodes:
        if node.type == "error":
            raise ExtensionError(f"Invalid style sheet, line {node.source_line}: {node.message}.")
    return nodes


def used_selectors(prelude: list[Node], used: set[str]) -> list[Node]:
    """Return a list of selectors without those that name something unused."""
    selectors: list[list[Node]] = [[]]
    for token in prelude:
        selectors[-1].append(token)
        if token == ",":
            selectors.append([])
    kept = [token for selector in selectors if names(selector) <= used for token in selector]
    return kept[:-1] if kept and kept[-1] == "," else kept


def names(selector: list[Node]) -> set[str]:
    """Return the elements, classes and ids that a selector asks for.

    Arguments and attributes, as in ``:not(.a)`` and ``[title]``, are not looked at.

    >>> sorted(names(tinycss2.parse_component_value_list("a:hover > .b:not(.c)[d]::after #e")))
    ['a', 'b', 'e']
    """
    pairs = zip([None, *selector], selector, strict=False)
    return {
        token.value for before, token in pairs if token.type in ("ident", "hash") and before != ":"
    }


def join_lines(nodes: Iterable[Node]) -> None:
    """Write every line break and indentation as one blank."""
    for node in nodes:
        if node.type == "whitespace":
            node.value = " "
        for part in ("prelude", "content", "arguments"):
            if isinstance(getattr(node, part, None), list):
                join_lines(getattr(node, part))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    # After lean_files, so that it does not read scripts that are removed.
    app.connect("build-finished", shorten_sheets, priority=950)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
