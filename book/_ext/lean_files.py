"""Name in a page only the style sheets and scripts that it uses, and build no others."""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.typing import ExtensionMetadata

# The style sheet of the book sets the colours of code and the look of notebook cells itself.
UNUSED_STYLES = ("pygments.css", "mystnb.", "furo-extensions.css")
# They search in the way of Sphinx; the book has its own.
UNUSED_SCRIPTS = (
    "documentation_options.js",
    "doctools.js",
    "sphinx_highlight.js",
    "language_data.js",
    "searchtools.js",
)
UNUSED_FILES = (
    "**/*.map **/*.LICENSE.txt **/furo-extensions.* mystnb.* pygments.css basic.css".split()
)
UNUSED_FILES += "debug.css skeleton.css file.png minus.png plus.png".split()
UNUSED_FILES += UNUSED_SCRIPTS
LICENSED = "/*!"  # so begins a script of others, which stays as it is


def name_what_is_used(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Take the other style sheets and scripts out of the lists of a page."""
    context["css_files"] = without(context["css_files"], UNUSED_STYLES)
    context["script_files"] = without(context["script_files"], UNUSED_SCRIPTS)


def without(files: list[Any], unused: tuple[str, ...]) -> list[Any]:
    """Return the files whose name has none of the parts."""
    return [file for file in files if not any(part in str(file.filename) for part in unused)]


def remove_unused(app: Sphinx, exception: Exception | None) -> None:
    """Remove from the build the files that no page names."""
    if exception or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    for path in {path for pattern in UNUSED_FILES for path in static.glob(pattern)}:
        path.unlink()


def shorten_scripts(app: Sphinx, exception: Exception | None) -> None:
    """Write the scripts of the book without comments."""
    if exception or app.builder.format != "html":
        return
    for folder in app.config.html_static_path:
        for script in Path(app.confdir, folder).glob("*.js"):
            if not script.read_text(encoding="utf-8").startswith(LICENSED):
                built = Path(app.outdir, "_static", script.name)
                built.write_text(lean(script.read_text(encoding="utf-8")), encoding="utf-8")


def lean(script: str) -> str:
    r"""Return a script without indentation and without lines that are a comment.

    >>> lean("// Why.\n  one();\n")
    'one();\n'
    """
    lines = map(str.strip, script.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    # Jupyter Book sets it for an extension that the book does not load.
    app.add_config_value("comments_config", {}, "html")
    # After the theme, which adds its own at the default of 500.
    app.connect("html-page-context", name_what_is_used, priority=900)
    app.connect("build-finished", remove_unused, priority=900)
    app.connect("build-finished", shorten_scripts, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
