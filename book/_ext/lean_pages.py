"""Send a page only what it uses.

Readers come on slow lines. What a page does not use is not named in it, and not left in the build.
"""

import re
from pathlib import Path

# Our style sheet has what these have and we use: code colours, notebook cells.
UNUSED_STYLES = ("pygments.css", "mystnb.", "furo-extensions.css")
# Needed to search, and for nothing else.
SEARCH_SCRIPTS = ("options.js", "doctools.js", "sphinx_highlight.js", "language_data.js", "searchtools.js")
UNUSED_FILES = "**/*.map **/*.LICENSE.txt **/furo-extensions.* mystnb.* pygments.css basic.css debug.css".split()
UNUSED_FILES += "skeleton.css file.png minus.png plus.png".split()
# Written on thousands of elements, and no style sheet of the book asks for it: names of classes, the
# colouring of names and punctuation in code, wrappers around words. The commonest class has one letter.
UNUSED_MARKUP = (
    (r'<span class="(?:n|nn|o|p|w|sa|si)">([^<]*)</span>', r"\1"),
    (r"<pre><span></span>", "<pre>"),
    (r'<span class="pasted-text">([^<]*)</span>', r"\1"),
    (r'<span class="std std-(?:ref|doc|numref)">([^<]*)</span>', r"\1"),
    (r' class="(?:reference internal|docutils|rubric|stub|head|row-odd|row-even)"', ""),
    (r'(class="[^"]*) (?:reference internal|docutils container|colwidths-auto)"', r'\1"'),
    (r' class="(?:head|stub) ', ' class="'),
    (r' class="text-right', ' class="r'),
)

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
VARIABLE = re.compile(r"""(--[\w-]+):(?:url\([^)]*\)|"[^"]*"|[^;{}"])*;?""")
EMPTY_BLOCK = re.compile(r"@(?:media|supports)[^{}]+\{\s*\}")


def trim(app, page, template, context, doctree):
    """Name only the style sheets, scripts and classes that the page uses."""
    sheets, scripts = context["css_files"], context["script_files"]
    context["css_files"] = [sheet for sheet in sheets if not any(name in str(sheet.filename) for name in UNUSED_STYLES)]
    if page != "search":
        context["script_files"] = [script for script in scripts if not str(script.filename).endswith(SEARCH_SCRIPTS)]
    for pattern, kept in UNUSED_MARKUP:
        context["body"] = re.sub(pattern, kept, context.get("body", ""))


def prune(css, names):
    """Return a style sheet without the rules that ask for a class not among the names.

    >>> prune(".a{x:1}.b .a,.a p{y:2}@media print{.b{z:3}}", {"a"})
    '.a{x:1}.a p{y:2}'
    """

    def kept(rule):
        selectors = [selector for selector in re.split(r",(?![^(]*\))", rule[1]) if wanted(selector)]
        return f"{','.join(selectors)}{{{rule[2]}}}" if selectors else ""

    def wanted(selector):
        asked = re.findall(r"\.(-?[a-zA-Z_][\w-]*)", re.sub(r":not\([^)]*\)", "", selector))
        return all(name in names for name in asked)

    return EMPTY_BLOCK.sub("", RULE.sub(kept, css))


def tighten(page):
    """Return a page without icons that it does not draw, and without blank space around its article.

    >>> tighten('<symbol id="eye">x</symbol>\\n  <p> <article> <p>')
    '<p><article> <p>'
    """
    icons = re.compile(r'\s*<symbol id="([^"]*)".*?</symbol>', re.DOTALL)
    page = icons.sub(lambda icon: icon[0] if f'"#{icon[1]}"' in page else "", page)
    shell, found, article = page.partition("<article")
    return re.sub(r">\s+<", "> <", shell).strip() + found + article


def sweep(app, exception):
    """Remove from the build what no page names, and from the theme's style sheet what no page asks for."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    for path in {path for pattern in UNUSED_FILES for path in static.glob(pattern)}:
        path.unlink()
    for path in Path(app.outdir).rglob("*.html"):
        rewrite(path, tighten)
    used = classes(Path(app.outdir))
    rewrite(static / "style.css", shorten)
    own = (static / "style.css").read_text(encoding="utf-8")
    rewrite(static / "styles" / "furo.css", lambda css: shorten(without_variables(prune(css, used), own)))


def rewrite(path, change):
    """Change the text of a file."""
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def without_variables(css, others):
    """Return a style sheet without the variables that neither it nor the other sheet reads."""
    return VARIABLE.sub(lambda match: match[0] if f"var({match[1]}" in css + others else "", css)


def shorten(css):
    """Return a style sheet without comments and line breaks.

    >>> shorten("a {\\n  b: c;\\n} /* d */")
    'a { b: c; } '
    """
    return re.sub(r"\s+", " ", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


def classes(folder):
    """Return every class that a page has, or that a script may give it."""
    pages = " ".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.html")))
    scripts = " ".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("_static/**/*.js")))
    return set(" ".join(re.findall(r'class="([^"]*)"', pages)).split()) | set(re.findall(r"[\w-]+", scripts))


def setup(app):
    """Register with Sphinx."""
    # Jupyter Book sets it for an extension that the book does not load.
    app.add_config_value("comments_config", {}, "html")
    # After the theme, which adds its own at the default of 500.
    app.connect("html-page-context", trim, priority=900)
    app.connect("build-finished", sweep, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
