"""Write what a site has beside its pages: citations, a map, and a page for lost addresses.

The citations are files that reference managers open. The role ``citation`` takes words and one of
them: ``{citation}`RIS <paragraph-53.ris>` ``. The map, the word to robots, the page for lost
addresses and the picture for previews need the address of the book, so they are made only once
``address`` in ``_config.yml`` is filled.
"""

from html import escape
from pathlib import Path
from urllib.parse import urljoin

from docutils import nodes
from edition import citation
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import ReferenceRole
from sphinx.util.typing import ExtensionMetadata

from analysis import cite, record
from analysis.page import preview

MAP = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{}">\n{}</urlset>\n'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
CITATIONS = {
    "paragraph-53.bib": "bibtex",
    "paragraph-53.ris": "ris",
    "paragraph-53.csl.json": "csl",
}
LOST = "404"  # the page that hosts of sites show for an address that leads nowhere


class CitationFile(ReferenceRole):
    """Make a link to a file of citations, from the folder of the page."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link, if there is such a file."""
        if self.target not in CITATIONS:
            raise ExtensionError(f"No file '{self.target}'. Must be among {', '.join(CITATIONS)}.")
        address = "../" * self.env.docname.count("/") + self.target
        link = nodes.reference("", self.title, internal=True, refuri=address)
        self.set_source_info(link)
        return [link], []


def write_citations(app: Sphinx, exception: Exception | None) -> None:
    """Write the files of citations, with the address of the book if there is one."""
    if exception or app.builder.format != "html":
        return
    for name, form in CITATIONS.items():
        Path(app.outdir, name).write_bytes(cite.STYLES[form](citation(app)).encode())


def add_lost(app: Sphinx) -> None:
    """Have the page for lost addresses made, from its template."""
    if app.config.html_baseurl and app.builder.format == "html":
        app.config.html_additional_pages[LOST] = "lost.html"


def write_map(app: Sphinx, exception: Exception | None) -> None:
    """Write the map, the word to robots, and the picture for previews."""
    base = app.config.html_baseurl
    if exception or not base or app.builder.format != "html":
        return
    pages = [app.builder.get_target_uri(page) for page in sorted(app.env.found_docs)]
    lines = [f"<url><loc>{escape(urljoin(base, page))}</loc></url>\n" for page in pages]
    files = {
        "sitemap.xml": MAP.format(NAMESPACE, "".join(lines)),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {base}sitemap.xml\n",
    }
    for name, text in files.items():
        Path(app.outdir, name).write_text(text, encoding="utf-8")
    Path(app.outdir, preview.PREVIEW).write_bytes(preview.picture(record.load()))


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.connect("builder-inited", add_lost)
    app.add_role("citation", CitationFile())
    app.connect("build-finished", write_citations)
    app.connect("build-finished", write_map)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
