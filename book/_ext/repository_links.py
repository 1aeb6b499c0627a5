"""Links that need a published repository hang on one setting, ``repository: url:`` in ``_config.yml``.

While it is empty no such link is made, so no button is dead.
"""

from urllib.parse import quote, urlsplit

from docutils import nodes

BINDER = "https://mybinder.org/v2/gh"


def give_theme(app, config):
    """Let the theme show its links to a page's source, which it does when it knows a repository."""
    if config.repository_url:
        config.html_theme_options |= {
            "source_repository": config.repository_url,
            "source_branch": config.repository_branch,
            "source_directory": "",
        }


def links(url, branch, path):
    """Return (words, address) of the links below the title of a page: run it, report a fault in it."""
    issue = f"{url.rstrip('/')}/issues/new?title={quote(path)}"
    found = [("Report a mistake", issue)]
    if path.endswith(".ipynb") and urlsplit(url).hostname == "github.com":
        name = urlsplit(url).path.strip("/").removesuffix(".git")
        found.insert(0, ("Run this page", f"{BINDER}/{name}/{branch}?urlpath={quote(f'lab/tree/{path}')}"))
    return found


def add_links(app, doctree, docname):
    """Put the links below the page's title."""
    url, branch = app.config.repository_url, app.config.repository_branch
    title = doctree.next_node(nodes.title)
    if not url or title is None or app.builder.format != "html":
        return
    path = app.env.doc2path(docname, base=False)
    line = nodes.paragraph(classes=["page-links"])
    for words, address in links(url, branch, path):
        line += [nodes.reference("", words, refuri=address), nodes.Text(" ")]
    title.parent.insert(title.parent.index(title) + 1, line)


def setup(app):
    """Register with Sphinx."""
    app.add_config_value("repository_url", "", "html")
    app.add_config_value("repository_branch", "main", "html")
    app.connect("config-inited", give_theme)
    app.connect("doctree-resolved", add_links)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
