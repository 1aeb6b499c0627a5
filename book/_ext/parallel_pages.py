"""Read and write pages on every processor at once: notebooks take long, and Jupyter Book has no option for it."""

import os

# Does not say so itself. It numbers chapters once all pages are read, and does nothing while they are.
SAFE = "sphinx_multitoc_numbering"


def speak_for(app, config):
    """Declare the extension safe that the table of contents brings along."""
    if SAFE in app.extensions:
        app.extensions[SAFE].parallel_read_safe = True


def setup(app):
    """Register with Sphinx."""
    app.parallel = os.cpu_count() or 1
    app.connect("config-inited", speak_for)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
