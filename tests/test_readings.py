"""What readers were given, and what of it anyone can confirm."""

import hashlib

from analysis import paths

GIVEN = paths.DATA / "readings" / "given"


def test_a_paragraph_that_was_given_is_that_of_the_record(shipped):
    files = shipped.reading_files[shipped.reading_files.file.str.startswith("paragraphs/")]
    numbers = files.file.str.extract(r"(\d+)", expand=False).astype(int)
    recorded = shipped.paragraphs.set_index("number").sha256
    assert (numbers.map(recorded).array == files.sha256.array).all()
    assert set(files.groupby("reader").size()) == {len(shipped.paragraphs)}


def test_the_codebook_and_instructions_that_were_given_are_kept(shipped):
    kept = {hashlib.sha256(path.read_bytes()).hexdigest() for path in GIVEN.glob("*.md")}
    files = shipped.reading_files[shipped.reading_files.file.str.endswith(".md")]
    assert len(files) and set(files.sha256) == kept


def test_every_reader_of_the_codebook_in_use_has_a_list_of_files(shipped):
    used = shipped.readings[shipped.readings.codebook == shipped.codebook_versions.version.max()]
    machines = shipped.readers.id[shipped.readers.scope != "sample"]
    assert set(used.reader) & set(machines) == set(shipped.reading_files.reader)
