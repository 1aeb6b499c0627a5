"""Every page, and every sheet of it on paper, says what version it is, and of what day."""

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from analysis import cite, paths


def sign(app: Sphinx, config: Config) -> None:
    """Add the edition to what templates know, and to the foot of a page."""
    try:
        edition = str(citation(app)["edition"])
        config.html_context["other_data"] = paths.DATA.name if paths.DATA != paths.PUBLISHED else ""
    except (OSError, ValueError) as error:
        raise ConfigError(str(error)) from None
    config.project_edition = config.html_context["edition"] = edition
    config.copyright = f"{config.copyright} {edition[0].upper()}{edition[1:]}."


def citation(app: Sphinx) -> cite.Fields:
    """Return the citation of the book with the address of this build; it is read once in a build.

    Raises
    ------
    OSError, ValueError
        As `analysis.cite.read`.
    """
    if not hasattr(app, "citation"):
        base = app.config.html_baseurl
        app.citation = cite.read() | ({"url": base} if base else {})
    fields: cite.Fields = app.citation
    return fields


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_config_value("project_edition", "", "html", types=[str])
    app.connect("config-inited", sign)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
