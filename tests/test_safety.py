"""A document is untrusted.

Whatever it is, it is read, or refused with one clear message in bounded time, and none of its links
or code is followed.
"""

import io
import os
import socket
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject

from analysis import document
from analysis.document import limits
from benchmarks import papers

MINI = Path(__file__).parent / "data" / "mini" / "summary.md"
SECONDS = 20  # time for a refusal, on a slow machine
WORDML = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture(scope="module")
def forms(tmp_path_factory):
    """Return the small summary as a PDF and as a Word file, in bytes."""
    folder, summary = tmp_path_factory.mktemp("forms"), document.read(MINI)
    return {
        "pdf": papers.pdf(summary, folder / "s.pdf").read_bytes(),
        "docx": papers.word(summary, folder / "s.docx").read_bytes(),
    }


def pdf(build) -> bytes:
    """Return a PDF with one page, changed by `build(writer, page)`."""
    writer = pypdf.PdfWriter()
    build(writer, writer.add_blank_page(200, 200))
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def draw(writer, page, content: bytes, *, resources=None):
    """Give a page a compressed content stream and one font."""
    stream = StreamObject()
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    stream._data = zlib.compress(content, 9)
    font = DictionaryObject({NameObject(k): NameObject(v) for k, v in FONT.items()})
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/Font"): DictionaryObject({NameObject("/F"): font}), **(resources or {})}
    )
    page[NameObject("/Contents")] = writer._add_object(stream)


FONT = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}


def docx(changes: dict[str, bytes | None], source: bytes) -> bytes:
    """Return a Word file with parts replaced or, if None, left out."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in [*old.namelist(), *(set(changes) - set(old.namelist()))]:
            content = changes[name] if name in changes else old.read(name)
            if content is not None:
                new.writestr(name, content)
    return written.getvalue()


def body(inner: str, *, before: str = "") -> bytes:
    """Return the main part of a Word file."""
    root = f'<w:document xmlns:w="{WORDML}"><w:body>{inner}</w:body></w:document>'
    return f'<?xml version="1.0"?>{before}{root}'.encode()


def many_pages(writer, page):
    writer._root_object["/Pages"][NameObject("/Count")] = NumberObject(10**9)
    writer._root_object["/Pages"][NameObject("/Kids")] = ArrayObject(
        [page.indirect_reference] * (limits.MAX_PAGES + 1)
    )


def circle_of_pages(writer, page):
    pages = writer._root_object["/Pages"]
    pages[NameObject("/Kids")] = ArrayObject(
        [writer._root_object.raw_get("/Pages"), page.indirect_reference]
    )


def circle_of_forms(writer, page):
    form = StreamObject()
    form._data = b"/X Do"
    form.update(
        {NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")}
    )
    reference = writer._add_object(form)
    resources = {NameObject("/XObject"): DictionaryObject({NameObject("/X"): reference})}
    form[NameObject("/Resources")] = DictionaryObject(resources)
    draw(writer, page, b"/X Do", resources=resources)


def swollen(writer, page):
    draw(writer, page, b"BT /F 9 Tf (a) Tj ET\n" * 20_000_000)


def encrypted(writer, page):
    draw(writer, page, b"BT /F 9 Tf (1. Words that nobody may read.) Tj ET")
    writer.encrypt("secret", algorithm="RC4-128")


BOMB = b"0" * (limits.MAX_UNPACKED + limits.MEGABYTE)
LAUGHS = (
    "<!DOCTYPE w ["
    + '<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]>"
)
ENTITY = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
NAMED = "<w:p><w:r><w:t>1. Words &x; here.</w:t></w:r></w:p>"
DEEP = 100_000
MEMORY = 1536  # MB that a process may take which only reads

# label: name of a file, a function of the small summary that returns its bytes, and the message
REFUSED = {
    "empty": ("s.md", lambda forms: b"", "it is empty"),
    "blank": ("s.md", lambda forms: b" \n\n", "it is empty"),
    "bytes that are not text": ("s.txt", lambda forms: bytes(range(256)) * 9, "is not UTF-8 text"),
    "zeros": ("s.txt", lambda forms: b"a\0b\0" * 99, "no text has"),
    "picture": ("s.pdf", lambda forms: b"\x89PNG\r\n\x1a\n", "it is a picture"),
    "old Word file": ("s.docx", lambda forms: b"\xd0\xcf\x11\xe0\xa1\xb1", "save it as .docx"),
    "RTF": ("s.docx", lambda forms: b"{\\rtf1 a}", "it is RTF"),
    "text named PDF": ("s.pdf", lambda forms: b"1. Words.", "is not a PDF file"),
    "text named Word": ("s.docx", lambda forms: b"1. Words.", "is not a Word file"),
    "truncated PDF": ("s.pdf", lambda forms: forms["pdf"][: len(forms["pdf"]) // 2], "truncated"),
    "damaged PDF": (
        "s.pdf",
        lambda forms: b"%PDF-1.4\n" + forms["pdf"][5000:],
        "damaged|scanned|no pages",
    ),
    "PDF with nothing in it": ("s.pdf", lambda forms: b"%PDF-1.7\n%%EOF\n", "damaged|no pages"),
    "encrypted PDF": ("s.pdf", lambda forms: pdf(encrypted), "it is encrypted"),
    "scanned PDF": ("s.pdf", lambda forms: pdf(lambda writer, page: None), "it is scanned"),
    "PDF of absurdly many pages": (
        "s.pdf",
        lambda forms: pdf(many_pages),
        "pages; at most|damaged",
    ),
    "PDF whose pages hold each other": (
        "s.pdf",
        lambda forms: pdf(circle_of_pages),
        "damaged|scanned",
    ),
    "PDF whose pictures hold each other": (
        "s.pdf",
        lambda forms: pdf(circle_of_forms),
        "damaged|scanned",
    ),
    "PDF that swells": ("s.pdf", lambda forms: pdf(swollen), "damaged|seconds to read|characters"),
    "truncated Word file": (
        "s.docx",
        lambda forms: forms["docx"][: len(forms["docx"]) // 2],
        "truncated or damaged",
    ),
    "archive": (
        "s.docx",
        lambda forms: docx({"word/document.xml": None}, forms["docx"]),
        "no Word document",
    ),
    "Word file without its list of parts": (
        "s.docx",
        lambda forms: docx({"[Content_Types].xml": None}, forms["docx"]),
        "damaged",
    ),
    "Word file that swells": (
        "s.docx",
        lambda forms: docx({"word/media/x.bin": BOMB}, forms["docx"]),
        "MiB once unpacked",
    ),
    "Word file packed too tight": (
        "s.docx",
        lambda forms: docx({"word/x.xml": b" " * 9_000_000}, forms["docx"]),
        "packed size",
    ),
    "Word file of many parts": (
        "s.docx",
        lambda forms: docx({f"word/{n}.xml": b"" for n in range(limits.MAX_PARTS)}, forms["docx"]),
        "parts; at most",
    ),
    "Word file that laughs": (
        "s.docx",
        lambda forms: docx({"word/document.xml": body("&a11;", before=LAUGHS)}, forms["docx"]),
        "declares entities|damaged",
    ),
    "Word file with a word from another file": (
        "s.docx",
        lambda forms: docx({"word/document.xml": body(NAMED, before=ENTITY)}, forms["docx"]),
        "it declares entities, which Word does not write",
    ),
    "Word file whose footnotes have a word from another file": (
        "s.docx",
        lambda forms: docx(
            {"word/footnotes.xml": b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"}, forms["docx"]
        ),
        "it declares entities, which Word does not write",
    ),
    "Word file nested deeply": (
        "s.docx",
        lambda forms: docx(
            {"word/document.xml": body("<w:sdt>" * DEEP + "</w:sdt>" * DEEP)}, forms["docx"]
        ),
        "packed size|damaged|nested|levels",
    ),
    "Word file without words": (
        "s.docx",
        lambda forms: docx({"word/document.xml": body("")}, forms["docx"]),
        "no words|damaged",
    ),
    "page without words": (
        "s.html",
        lambda forms: b"<html><body><script>1. Words.</script></body></html>",
        "no words",
    ),
}


@pytest.mark.parametrize("label", REFUSED)
def test_what_cannot_be_read_is_said_in_one_line_and_soon(label, forms, tmp_path, within):
    name, make, message = REFUSED[label]
    (tmp_path / name).write_bytes(make(forms))
    with within(SECONDS), pytest.raises(ValueError, match=message) as raised:
        document.read(tmp_path / name)
    assert str(raised.value).startswith(f"Invalid file '{tmp_path / name}': ")
    assert len(str(raised.value).splitlines()) == 1


def test_a_file_that_is_too_large_is_not_opened(tmp_path):
    with (tmp_path / "s.txt").open("wb") as file:
        file.truncate(limits.MAX_BYTES + limits.MEGABYTE)
    with pytest.raises(ValueError, match="it has 65 MiB; at most 64 are read"):
        document.read(tmp_path / "s.txt")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("nested.html", "<div>" * DEEP + "1. Words." + "</div>" * DEEP),
        ("unclosed.html", "<html><body>" + "<b><i>" * DEEP + "1. Words."),
        ("style.html", f"<p style='{'text-decoration:' * DEEP}'>1. Words.</p><p>2. Words.</p>"),
        ("brackets.md", "1. Words " + "[" * DEEP + "](" * DEEP),
        ("stars.md", "1. Words " + "*a _b " * DEEP),
        ("numbers.md", "\n\n".join(f"{n % 900 + 1}. Words." for n in range(50_000))),
        ("ones.md", "\n\n".join("1. Words here." for n in range(50_000))),
        ("notes.md", "1. Words.\n\n" + "\n\n".join(f"¹ Note {n}" for n in range(50_000))),
        ("headings.md", "\n\n".join("I. Words" for n in range(50_000))),
        ("pages.txt", "\f".join(f"Head\n{n}. Words." for n in range(20_000))),
        ("line.txt", "1. Words. 2. Words. " * 60_000),
        ("hyphens.txt", "1. a" + "-\na" * DEEP),
        ("unseen.txt", "\n".join("1.\u200b Wo\u2066rd\u00ads." for n in range(50_000))),
        ("private.txt", "1. " + "".join(map(chr, range(0xF0000, 0xFFFFE)))),
    ],
    ids=lambda text: text if len(text) < 30 else "",
)
def test_text_made_to_do_harm_is_read_or_refused_in_time(name, text, tmp_path, within):
    (tmp_path / name).write_text(text, encoding="utf-8")
    with within(SECONDS):
        try:
            document.read(tmp_path / name)
        except ValueError as error:
            assert len(str(error).splitlines()) == 1


READER = """
import sys
from analysis import document
from benchmarks import reader
for path in sys.argv[1:]:
    try:
        print(document.read(path))
    except ValueError as error:
        print(error)
print(reader.peak())
"""


def test_what_cannot_be_read_takes_little_memory(forms, tmp_path):
    files = []
    for number, (name, make, _) in enumerate(REFUSED.values()):
        files.append(tmp_path / f"{number}{Path(name).suffix}")
        files[-1].write_bytes(make(forms))
    command = [sys.executable, "-c", READER, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    *messages, megabytes = done.stdout.splitlines()
    assert len(messages) == len(files)
    assert float(megabytes) < MEMORY


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_never_ends_is_not_opened(kind, tmp_path):
    path = tmp_path / "s.txt"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    with pytest.raises(ValueError, match="it is a device or a pipe"):
        document.read(path)


def test_nothing_is_fetched(forms, tmp_path, monkeypatch):
    def refuse(*_):
        raise AssertionError("a document must not open a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    head = "<head><link rel='stylesheet' href='http://127.0.0.1:9/a'></head>"
    page = f"<html>{head}<body><p>1. Words <img src='http://127.0.0.1:9/b'>.</p>"
    (tmp_path / "s.html").write_text(page, encoding="utf-8")
    (tmp_path / "s.pdf").write_bytes(forms["pdf"])
    (tmp_path / "s.docx").write_bytes(forms["docx"])
    for name in ("s.html", "s.pdf", "s.docx"):
        assert document.read(tmp_path / name).paragraphs
