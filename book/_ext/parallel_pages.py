"""Read and write pages on every processor at once: notebooks take long, and Jupyter Book has no option for it."""

import os

from sphinx.errors import SphinxParallelError
from sphinx.util import logging

# Does not say so itself. It numbers chapters once all pages are read, and does nothing while they are.
SAFE = "sphinx_multitoc_numbering"

LOGGER = logging.getLogger(__name__)


def speak_for(app, config):
    """Declare the extension safe that the table of contents brings along."""
    if SAFE in app.extensions:
        app.extensions[SAFE].parallel_read_safe = True


def show_cause(app, exception):
    """Show in which cell a notebook failed: of what stopped another process, Sphinx shows the last line only."""
    if isinstance(exception, SphinxParallelError):
        LOGGER.error(exception.traceback)


def setup(app):
    """Register with Sphinx."""
    app.parallel = os.cpu_count() or 1
    app.connect("config-inited", speak_for)
    app.connect("build-finished", show_cause)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
