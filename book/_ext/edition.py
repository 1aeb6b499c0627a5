"""Every page says in its footer what version it is, and of what day."""

from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ConfigError

from analysis import cite


def sign(app: Sphinx, config: Config) -> None:
    """Add the edition to what the theme shows at the foot of a page."""
    try:
        edition = str(cite.read()["edition"])
    except (OSError, ValueError) as error:
        raise ConfigError(str(error)) from None
    config.project_edition = edition
    config.copyright = f"{config.copyright} {edition[0].upper()}{edition[1:]}."


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_config_value("project_edition", "", "html", types=[str])
    app.connect("config-inited", sign)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
