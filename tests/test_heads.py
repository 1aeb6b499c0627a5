"""What the head of a page says to machines, with and without an address of the book."""

import json
import re
import shutil
import struct
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.errors import ConfigError
from test_citation_formats import DRAFT, FIELDS, PERSON, RELEASED

from analysis import cite, paths
from analysis.page import heads, preview
from analysis.tables.uptake import proposals

EXTENSIONS = paths.ROOT / "book" / "_ext"
URL = "https://example.org/p53/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LIMIT = 1500  # bytes that a head may add to a chapter
PAGES = {
    "book/index": "# The book\n\nFirst words.\n\n```{toctree}\none\ndata\n```\n",
    "book/one": "# One & two\n\nWhat is asked? {citation}`RIS <paragraph-53.ris>`\n",
    "book/data": "# Data\n\nAll of it: {download}`the schema <datapackage.json>`, and "
    "{download}`one table <a.csv>`.\n",
}


class Head:
    """The tags of a head, by what machines look for."""

    def __init__(self, text):
        soup = BeautifulSoup(text, "html.parser")
        self.metas = [
            (tag.get("name") or tag.get("property"), tag["content"])
            for tag in soup.find_all("meta", content=True)
        ]
        self.links = [
            (rel, tag["href"]) for tag in soup.find_all("link") for rel in tag.get("rel", [])
        ]
        (self.linked,) = [
            json.loads(tag.string) for tag in soup.find_all("script", type="application/ld+json")
        ]

    def meta(self, name):
        return [content for given, content in self.metas if given == name]

    def link(self, rel):
        return [address for given, address in self.links if given == rel]


def head(kind="report", title="A page", address="", files=(), **fields):
    return Head(heads.head(FIELDS | fields, kind, title, address, files))


# --- one head ---------------------------------------------------------------------------------


def test_a_reference_manager_finds_a_report_by_a_group_whose_name_stays_whole():
    made = head()
    assert made.meta("citation_title") == ["A title"]
    assert made.meta("citation_author") == ["The Sea project,"]
    assert made.meta("citation_publication_date") == ["2026/01/02"]
    assert made.meta("citation_technical_report_institution") == ["The Sea project"]
    assert made.meta("citation_technical_report_number") == ["Version 1.2"]
    assert made.meta("citation_language") == ["en"]
    assert made.meta("z:itemType") == head("chapter").meta("z:itemType") == ["report"]
    assert made.meta("dcterms.rights") == made.link("license") == [LICENCE]


def test_a_page_is_cited_by_its_name_and_that_of_the_book():
    made = head("chapter", "One & <two>")
    assert made.meta("citation_title") == ["One & <two> (A title)"]
    assert made.meta("og:title") == [made.linked["name"]] == ["One & <two>"]
    assert made.linked["@type"] == "Chapter"
    assert made.linked["isPartOf"] == {
        "@type": "Report",
        "name": "A title",
        "url": FIELDS["url"],
    }


def test_before_a_release_no_date_of_publication_is_given():
    made = head(edition=DRAFT)
    assert made.meta("citation_publication_date") == []
    assert "datePublished" not in made.linked
    assert made.meta("dcterms.modified") == ["2026-01-02"]
    assert head(edition=RELEASED).meta("dcterms.modified") == []


def test_a_person_and_a_doi_can_be_followed():
    made = head(authors=[PERSON, {"name": "Us"}], doi="10.1234/abc")
    assert made.meta("citation_author") == ["van den Berg, Ana", "Us,"]
    assert made.link("author") == [PERSON["orcid"]]
    assert made.link("cite-as") == [made.linked["identifier"]] == ["https://doi.org/10.1234/abc"]
    assert made.meta("citation_doi") == ["10.1234/abc"]


def test_the_data_are_a_data_set_with_its_files():
    files = ["../data/datapackage.json", "../data/all.zip"]
    made = head("dataset", files=files)
    assert (made.meta("z:itemType"), made.linked["@type"]) == (["dataset"], "Dataset")
    assert made.meta("citation_publisher") == ["The Sea project"]
    assert made.meta("bibo:edition") == ["1.2"]
    assert [name for name, _ in made.metas if "technical_report" in name] == []  # it would win
    assert made.link("describedby") == files[:1] and made.link("item") == files[1:]
    assert [
        (each["contentUrl"], each["encodingFormat"]) for each in made.linked["distribution"]
    ] == [(files[0], "application/json"), (files[1], "application/zip")]


def test_a_preview_has_a_picture_only_if_there_is_an_address_for_it():
    made = Head(heads.head(FIELDS, "report", "x", picture=(f"{URL}a.png", "Squares & more.")))
    assert made.meta("og:image") == [f"{URL}a.png"]
    assert made.meta("og:image:alt") == ["Squares & more."]
    assert head().meta("og:image") == head().meta("og:image:alt") == []


def test_the_picture_is_small_has_the_size_of_previews_and_the_same_bytes(shipped):
    content = preview.picture(shipped)
    assert content == preview.picture(shipped) and len(content) < 60_000
    assert struct.unpack(">II", content[16:24]) == (1200, 630)
    assert b"Matplotlib" not in content, "it would differ with the version of the library"
    counts = proposals(shipped).level.value_counts()
    found = [int(number) for number in re.findall(r"\d+", preview.alt(shipped).partition(":")[2])]
    assert found == [counts.sum(), counts["full"], counts["partial"], counts["none"]]


def test_words_cannot_end_the_script_that_holds_them():
    text = heads.head(FIELDS | {"title": "</script><b>"}, "report", "x")
    assert text.count("</script>") == 1
    assert Head(text).linked["name"] == "</script><b>"


# --- pages ------------------------------------------------------------------------------------


@pytest.fixture
def build(tmp_path, monkeypatch):
    """Build three pages with the given settings and return the folder."""
    monkeypatch.setattr(sys, "path", [str(EXTENSIONS), *sys.path])
    source = tmp_path / "source"
    (source / "book").mkdir(parents=True)
    for name, text in PAGES.items():
        (source / f"{name}.md").write_text(text, encoding="utf-8")
    for name in ("datapackage.json", "a.csv"):
        (source / "book" / name).write_text("{}", encoding="utf-8")

    def built(**settings):
        config = {
            "extensions": ["myst_parser", "page_descriptions", "page_heads", "site_files"],
            "html_theme": "furo",
            "html_title": "Paragraph 53",
            "root_doc": "book/index",
            "templates_path": [str(paths.ROOT / "book" / "_templates")],
            "html_additional_pages": {"index": "root.html"},
            "html_context": {"edition": "version 1"},
        }
        folders = (source, None, tmp_path / "out", tmp_path / "trees")
        app = Sphinx(*folders, "html", confoverrides=config | settings, status=None, warning=None)
        app.build(force_all=True)
        assert app.statuscode == 0
        return tmp_path / "out"

    return built


def read(folder, name):
    return (folder / f"{name}.html").read_text(encoding="utf-8")


def test_without_an_address_pages_say_all_but_where_they_are(build):
    out = build()
    made = {name: Head(read(out, name)) for name in ("index", *PAGES)}
    title = cite.read()["title"]
    kinds = {name: head.linked["@type"] for name, head in made.items()}
    assert kinds == {
        "index": "Report",
        "book/index": "Report",
        "book/one": "Chapter",
        "book/data": "Dataset",
    }
    assert made["index"].meta("citation_title") == made["book/index"].meta("citation_title")
    assert made["index"].meta("description") == [made["index"].linked["description"]]
    assert made["book/one"].meta("citation_title") == [f"One & two ({title})"]
    (schema,) = made["book/data"].link("describedby")
    assert (out / "book" / schema).is_file()
    assert 'href="../paragraph-53.ris"' in read(out, "book/one")
    written = (out / "paragraph-53.ris").read_bytes().decode()
    assert written == cite.STYLES["ris"](cite.read())
    assert "latest-version" not in read(out, "book/one")
    for head in made.values():
        assert head.link("canonical") == head.meta("og:url") == head.meta("og:image") == []
        assert "url" not in head.linked
    assert [
        name
        for name in ("sitemap.xml", "robots.txt", "404.html", "preview.png")
        if (out / name).exists()
    ] == []


def test_the_foot_of_a_page_leads_to_its_newest_version_wherever_the_page_lies(build, tmp_path):
    """A copy below the address keeps the link, without a script."""
    older = shutil.copytree(build(html_baseurl=URL), tmp_path / "v0.1.0")
    for name in ("book/one", "book/data"):
        foot = BeautifulSoup(read(older, name), "html.parser").footer
        [link] = foot.find_all("a", rel="latest-version")
        assert (link["href"], link.text) == (f"{URL}{name}.html", "The newest version of this page")


def test_with_an_address_pages_robots_and_lost_readers_have_it(build, shipped):
    out = build(html_baseurl=URL)
    for name, page in (("index", "book/index"), *((name, name) for name in PAGES)):
        made = Head(read(out, name))
        here = [f"{URL}{page}.html"]
        assert made.link("canonical") == made.meta("og:url") == [made.linked["url"]] == here
        assert made.meta("og:image") == [f"{URL}preview.png"]
        assert made.meta("og:image:alt") == [preview.alt(shipped)]
    assert (out / "preview.png").read_bytes() == preview.picture(shipped)
    (schema,) = Head(read(out, "book/data")).link("describedby")
    assert schema.startswith(URL) and (out / schema.removeprefix(URL)).is_file()
    for name in ("paragraph-53.bib", "paragraph-53.ris", "paragraph-53.csl.json"):
        assert f"{URL}book/data.html" in (out / name).read_text(encoding="utf-8")
    places = ElementTree.parse(out / "sitemap.xml").findall(".//{*}loc")
    assert [place.text for place in places] == sorted(f"{URL}{name}.html" for name in PAGES)
    assert f"Sitemap: {URL}sitemap.xml" in (out / "robots.txt").read_text(encoding="utf-8")
    lost = re.findall(r'href="([^"]+)"', read(out, "404"))
    assert lost == [URL, f"{URL}search.html"]


@pytest.mark.parametrize("address", ["http://example.org/", "https://example.org/p53", "p53/"])
def test_a_setting_that_is_no_address_is_refused(build, address):
    with pytest.raises(ConfigError, match="Must begin with https:// and end with /"):
        build(html_baseurl=address)


# --- the built book -----------------------------------------------------------------------------


@pytest.mark.needs_book
def test_every_page_of_the_book_says_what_it_is_in_few_bytes(html):
    fields = cite.read()
    pages = {path.stem: path.read_text(encoding="utf-8") for path in Path(html).glob("book/*.html")}
    for name, text in pages.items():
        made = Head(text)
        assert made.meta("citation_author") == list(map(cite.closed, fields["authors"])), name
        assert bool(made.meta("citation_publication_date")) == fields["edition"].released, name
        assert bool(made.link("canonical")) == ("url" in fields), name
    chapters = {name: text for name, text in pages.items() if name not in ("index", "data")}
    added = {name: added_to(text) for name, text in chapters.items()}
    assert {name: size for name, size in added.items() if size > LIMIT} == {}


def added_to(page):
    """Return the bytes from the first tag for reference managers to the end of the record."""
    begin = page.index('<meta name="citation_title"')
    end = page.index("</script>", page.index("application/ld+json")) + len("</script>")
    return len(page[begin:end].encode())
