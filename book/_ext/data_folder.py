"""Put the data package beside the pages, under addresses that say what they are, and link it.

The folder ``data`` of the built book holds the schema and the tables as the data folder has them,
so that ``data/datapackage.json`` can be opened over the web. The role ``package`` takes words and a
file of the folder: ``{package}`the schema <datapackage.json>` ``.
"""

from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import ReferenceRole
from sphinx.util.typing import ExtensionMetadata

from analysis import archive, provenance

FOLDER = "data"


class DataFile(ReferenceRole):
    """Make a link to a file of the folder, from the folder of the page."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link, if there is such a file."""
        if (
            self.target not in archive.site()
            and f"{FOLDER}/{self.target}" != provenance.COMPUTED_FILE
        ):
            raise ExtensionError(f"No file '{self.target}' is in the folder {FOLDER} of the book.")
        up = "../" * self.env.docname.count("/")
        link = nodes.reference("", self.title, internal=True, refuri=f"{up}{FOLDER}/{self.target}")
        self.set_source_info(link)
        return [link], []


def write_folder(app: Sphinx, exception: Exception | None) -> None:
    """Write the folder."""
    if exception or app.builder.format != "html":
        return
    for name, content in archive.site().items():
        path = Path(app.outdir, FOLDER, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register with Sphinx."""
    app.add_role("package", DataFile())
    app.connect("build-finished", write_folder)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
