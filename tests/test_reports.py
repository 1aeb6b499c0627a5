"""Where a report goes: two settings, blank or filled, and what a built page makes of them."""

import html
import re
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
from sphinx.application import Sphinx
from sphinx.errors import ConfigError

from analysis import cite, paths

EXTENSIONS = paths.ROOT / "book" / "_ext"
PAGE = """# Title

```{report} A code is wrong
:form: coding.yml

Paragraph:
Why:
```

```{report} Conduct & more
What happened:
```
"""
URL, CONTACT = "https://example.org/us/it", "us@example.org"


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Build one page with the given settings and return it."""
    monkeypatch.setattr(sys, "path", [str(EXTENSIONS), *sys.path])
    (tmp_path / "index.md").write_text(PAGE, encoding="utf-8")

    def built(**settings):
        config = {
            "extensions": ["myst_parser", "edition", "repository_links"],
            "html_theme": "furo",
            "copyright": "Us.",
        }
        folders = (tmp_path, None, tmp_path / "out", tmp_path / "trees")
        app = Sphinx(*folders, "html", confoverrides=config | settings, status=None, warning=None)
        app.build(force_all=True)
        assert app.statuscode == 0
        return (tmp_path / "out" / "index.html").read_text(encoding="utf-8")

    return built


def words(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def addresses(page):
    article = page.partition("<article")[2].partition("</article")[0]
    return [html.unescape(address) for address in re.findall(r'href="([^"#][^"]*)"', article)]


def test_blank_settings_give_no_link_and_the_text_to_send(build):
    page = build()
    assert addresses(page) == []
    assert words(page).count("There is no address to send it to yet") == 2
    assert f"Paragraph: Why: Edition: {cite.read()['edition']}" in words(page)


@pytest.mark.parametrize(
    ("url", "path", "launched"),
    [
        ("https://github.com/us/it", "book/meeting.ipynb", ["Run this page", "Open in Colab"]),
        ("https://github.com/us/it", "book/report.md", []),
        ("https://example.org/us/it", "book/meeting.ipynb", []),
    ],
)
def test_a_notebook_can_be_launched_once_the_project_is_on_github(monkeypatch, url, path, launched):
    monkeypatch.setattr(sys, "path", [str(EXTENSIONS), *sys.path])
    from repository_links import links

    given = dict(links(url, "main", path))
    assert list(given) == [*launched, "Report a mistake"]
    assert all("us/it" in given[way] and "main" in given[way] for way in launched)
    assert all(given[way].endswith("meeting.ipynb") for way in launched)


def test_a_repository_gives_a_form_for_what_may_be_public(build):
    page = build(repository_url=URL)
    mistake, form = addresses(page)
    assert form.startswith(f"{URL}/issues/new?")
    asked = parse_qs(urlsplit(form).query)
    assert asked == {"template": ["coding.yml"], "edition": [str(cite.read()["edition"])]}
    assert parse_qs(urlsplit(mistake).query) == {"template": ["fault.yml"], "place": ["index.md"]}
    assert words(page).count("There is no address to send it to yet") == 1, "conduct is not public"


def test_a_contact_gives_a_message_with_the_text(build):
    page = build(contact=CONTACT)
    code, conduct = (address.replace("%40", "@") for address in addresses(page))
    assert code.startswith(
        f"mailto:{CONTACT}?subject=A%20code%20is%20wrong&body=Paragraph%3A%0AWhy"
    )
    assert parse_qs(urlsplit(conduct).query)["subject"] == ["Conduct & more"]
    assert "no address" not in words(page)


def test_both_settings_give_both_ways(build):
    page = build(repository_url=URL, contact=CONTACT)
    assert [urlsplit(address).scheme for address in addresses(page)] == [
        "https",
        "https",
        "mailto",
        "mailto",
    ]
    assert "Or copy this text:" in words(page)


@pytest.mark.parametrize(
    "settings",
    [
        {"repository_url": "javascript:alert(1)"},
        {"repository_url": "http://example.org/us/it"},
        {"repository_url": "us/it"},
        {"contact": "https://example.org"},
        {"contact": "@example.org"},
        {"contact": "us@example.org?cc=other@example.org"},
        {"contact": "us @example.org"},
    ],
)
def test_a_setting_that_is_no_address_is_refused(build, settings):
    with pytest.raises(ConfigError, match="Invalid (repository url|contact)"):
        build(**settings)


def test_the_foot_of_a_page_has_the_edition(build):
    edition = str(cite.read()["edition"])
    assert f"Us. {edition[0].upper()}{edition[1:]}." in words(build())


def test_a_citation_file_that_cannot_be_read_stops_the_build_in_one_line(
    build, monkeypatch, tmp_path
):
    monkeypatch.setattr(paths, "ROOT", tmp_path)
    with pytest.raises(ConfigError, match="No file"):
        build()
