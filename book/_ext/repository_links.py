"""Add the links that need a published repository, once ``_config.yml`` names one.

The setting is ``repository: url:``. While it is blank there are no such links, so none is dead.
"""

from urllib.parse import quote, urlsplit

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata

BINDER = "https://mybinder.org/v2/gh"


def give_theme(app: Sphinx, config: Config) -> None:
    """Tell the theme the repository, so that it shows its links to the source of a page."""
    if config.repository_url:
        config.html_theme_options |= {
            "source_repository": config.repository_url,
            "source_branch": config.repository_branch,
            "source_directory": "",
        }


def links(url: str, branch: str, path: str) -> list[tuple[str, str]]:
    """Return the words and address of each link below the title of a page."""
    issue = ("Report a mistake", f"{url.rstrip('/')}/issues/new?title={quote(path)}")
    if not path.endswith(".ipynb") or urlsplit(url).hostname != "github.com":
        return [issue]
    name = urlsplit(url).path.strip("/").removesuffix(".git")
    notebook = quote(f"lab/tree/{path}")
    return [("Run this page", f"{BINDER}/{name}/{branch}?urlpath={notebook}"), issue]


def add_links(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the links below the title of the page."""
    url, branch = app.config.repository_url, app.config.repository_branch
    title = doctree.next_node(nodes.title)
    if not url or title is None or app.builder.format != "html":
        return
    path = app.env.doc2path(docname, base=False)
    line = nodes.paragraph(classes=["page-links"])
    for words, address in links(url, branch, path):
        line += [nodes.reference("", words, refuri=address), nodes.Text(" ")]
    title.parent.insert(title.parent.index(title) + 1, line)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_config_value("repository_url", "", "html")
    app.add_config_value("repository_branch", "main", "html")
    app.connect("config-inited", give_theme)
    app.connect("doctree-resolved", add_links)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
