"""Links that need an address of the project hang on two settings of ``_config.yml``.

They are ``repository: url:`` and ``contact:``. While both are empty no such link is made, so no
button is dead: a page says that there is no address yet, and gives the text to send.
"""

from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError
from sphinx.util.docutils import SphinxDirective

BINDER = "https://mybinder.org/v2/gh"
COLAB = "https://colab.research.google.com/github"
NO_ADDRESS = "There is no address to send it to yet. This is the text to send once there is one:"
TEXT = "Or copy this text:"


def check(app: Sphinx, config: Config) -> None:
    """Refuse settings that are no address."""
    url, contact = config.repository_url, config.contact
    if url and not (urlsplit(url).scheme == "https" and urlsplit(url).hostname):
        raise ConfigError(f"Invalid repository url '{url}'. Must begin with https:// or be empty.")
    name, at, host = contact.partition("@")
    if contact and (not (name and at and "." in host) or set(contact) & set(" ,;?&<>")):
        raise ConfigError(f"Invalid contact '{contact}'. Must be an e-mail address or empty.")


def give_theme(app: Sphinx, config: Config) -> None:
    """Let the theme show its links to a page's source, which it does when it knows a repository."""
    if config.repository_url:
        config.html_theme_options |= {
            "source_repository": config.repository_url,
            "source_branch": config.repository_branch,
            "source_directory": "",
        }


def issue(url: str, form: str, **fields: str) -> str:
    """Return the address of an issue form with fields filled in.

    >>> issue("URL/", "fault.yml", place="book/data.ipynb")
    'URL/issues/new?template=fault.yml&place=book%2Fdata.ipynb'
    """
    return f"{url.rstrip('/')}/issues/new?{urlencode({'template': form, **fields})}"


def mail(contact: str, subject: str, text: str) -> str:
    """Return the address of a message with subject and text.

    >>> mail("us@example.org", "A fault", "What?")
    'mailto:us@example.org?subject=A%20fault&body=What%3F'
    """
    return f"mailto:{contact}?{urlencode({'subject': subject, 'body': text}, quote_via=quote)}"


def links(url: str, branch: str, path: str) -> list[tuple[str, str]]:
    """Return (words, address) of the links below a title: run the page, report a mistake."""
    shown = [("Report a mistake", issue(url, "fault.yml", place=path))]
    if path.endswith(".ipynb") and urlsplit(url).hostname == "github.com":
        name = urlsplit(url).path.strip("/").removesuffix(".git")
        launch = f"{BINDER}/{name}/{branch}?urlpath={quote(f'lab/tree/{path}')}"
        colab = f"{COLAB}/{name}/blob/{branch}/{path}"
        shown[:0] = [("Run this page", launch), ("Open in Colab", colab)]
    return shown


def add_links(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Put the links below the page's title."""
    url, branch = app.config.repository_url, app.config.repository_branch
    title = doctree.next_node(nodes.title)
    if not url or title is None or app.builder.format != "html":
        return
    path = str(app.env.doc2path(docname, base=False))
    line = nodes.paragraph(classes=["page-links"])
    for words, address in links(url, branch, path):
        line += [nodes.reference("", words, refuri=address), nodes.Text(" ")]
    title.parent.insert(title.parent.index(title) + 1, line)


class Report(SphinxDirective):
    """What to send, and where: by an issue form, by mail, or nowhere yet.

    The argument is the subject; the content is the text, one question a line. The option ``form``
    names the issue form with the same questions; without it the report is not public.
    """

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True
    option_spec = {"form": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """Return the links, or that there is none, and the text."""
        edition = self.config.project_edition
        text = "\n".join([*self.content, f"Edition: {edition}"])
        addresses = self.addresses(text, edition)
        line = nodes.paragraph()
        for words, address in addresses:
            line += [nodes.reference("", words, refuri=address), nodes.Text(". ")]
        line += nodes.Text(TEXT if addresses else NO_ADDRESS)
        return [line, nodes.literal_block(text, text, language="text")]

    def addresses(self, text: str, edition: str) -> list[tuple[str, str]]:
        """Return (words, address) of each way to send it."""
        url, form, contact = (
            self.config.repository_url,
            self.options.get("form"),
            self.config.contact,
        )
        ways = []
        if form and url:
            ways.append(("Fill in the form", issue(url, form, edition=edition)))
        if contact:
            ways.append((f"Write to {contact}", mail(contact, self.arguments[0], text)))
        return ways


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.setup_extension("edition")
    app.add_config_value("repository_url", "", "env", types=[str])
    app.add_config_value("repository_branch", "main", "html", types=[str])
    app.add_config_value("contact", "", "env", types=[str])
    app.add_directive("report", Report)
    app.connect("config-inited", check)
    app.connect("config-inited", give_theme)
    app.connect("doctree-resolved", add_links)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
