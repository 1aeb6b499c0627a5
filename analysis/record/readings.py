"""What each reader gave, and the record with the codes of one reader.

A unit is a span, and stays what a reader saw whatever becomes of the row that has the span now.
"""

import re
from collections.abc import Collection, Iterator

import pandas as pd

from analysis.record.frames import Record

OF_STATEMENTS = ("speaker", "quantifier", "act", "action_category", "themes")
OF_RECOMMENDATIONS = (
    "action_category",
    "themes",
    "addressee_stated",
    "addressee_inferred",
    "parties",
    "first_verb",
    "legal_basis",
)
OF_CLAIMS = ("claim_kind", "claim_value", "claim_unit", "source_named")
READ = ("act", "action_category", "themes", "uptake")  # what `as_read` puts in place
DIVIDED = ("division", "quantities")  # their units are paragraphs, their values spans
LINKED = ("uptake", "relation")  # of these, a reader gives no value for a pair without a link
SPAN = re.compile(r"(?<!\S)(\d{1,6})-(\d{1,6})(?!\S)")
UNITS = {  # the tables whose rows are units, and what is coded of each
    "statements": OF_STATEMENTS,
    "recommendations": OF_RECOMMENDATIONS,
    "claims": OF_CLAIMS,
}


def versions(data: Record) -> list[str]:
    """Return the versions of the codebook, numbers as text, the newest first."""
    known = map(str, data.codebook_versions.version)
    return sorted(known, key=lambda version: (len(version), version), reverse=True)


def current(data: Record) -> str:
    """Return the version of the codebook in use, or nothing if there is none."""
    return next(iter(versions(data)), "")


def variables(data: Record) -> dict[str, str]:
    """Return the name of each thing that is coded, in the order of the codebook."""
    rows = data.codes[data.codes.list == "variable"]
    return dict(zip(rows.value, rows.label, strict=True))


def units(rows: pd.DataFrame) -> pd.Series:
    """Return the span of each row as readers have it: ``paragraph:start-end``."""
    numbers = rows[["paragraph", "start", "end"]].astype(str)
    return numbers.paragraph + ":" + numbers.start + "-" + numbers.end


def named(unit: pd.Series, data: Record, variable: str) -> pd.Series:
    """Return units by the ids of their rows; a span that no row has stays a span.

    A claim and a statement may have one span: the variable tells which is meant.
    """
    homes = [home for home, coded in UNITS.items() if variable in coded]
    homes = homes or ["statements", "recommendations"]
    ids = {
        span: name
        for home in homes
        for span, name in zip(units(getattr(data, home)), getattr(data, home).id, strict=True)
    }
    return unit.map(lambda spans: ">".join(ids.get(span, span) for span in spans.split(">")))


def spans(value: str) -> list[tuple[int, int]]:
    """Return the starts and ends that a reader gave of the parts of a paragraph.

    >>> spans("0-73 74-110")
    [(0, 73), (74, 110)]
    """
    return [(int(start), int(end)) for start, end in SPAN.findall(value)]


def limits(value: str) -> str:
    """Return the limits of a quantity in words.

    >>> limits("33.3.."), limits("..10"), limits("5..5"), limits("15..20"), limits("none")
    ('33.3 or more', 'at most 10', '5', '15 to 20', 'none')
    """
    low, between, high = value.partition("..")
    if not between or low == high:
        return low
    if not high:
        return f"{low} or more"
    return f"{low} to {high}" if low else f"at most {high}"


def values(data: Record, variable: str, codebook: str) -> pd.DataFrame:
    """Return what each reader gave for a variable under one codebook.

    Returns
    -------
    DataFrame
        One row per unit, in order of its name; one column per reader; missing where a reader
        gave nothing.
    """
    rows = data.readings[
        (data.readings.variable == variable) & (data.readings.codebook == codebook)
    ].drop_duplicates(["reader", "unit"])
    wide = rows.pivot(index="unit", columns="reader", values="value")
    return wide[[name for name in data.readers.id if name in wide]].sort_index()


def complete(data: Record, variable: str, codebook: str) -> list[str]:
    """Return the readers who coded a variable, and not only a sample of it."""
    rows = data.readings
    coded = set(rows.reader[(rows.variable == variable) & (rows.codebook == codebook)])
    return [name for name in data.readers.id[data.readers.scope != "sample"] if name in coded]


def seen(data: Record, codebook: str) -> set[str]:
    """Return the spans that readers coded under one codebook, alone or in a pair."""
    rows = data.readings.unit[data.readings.codebook == codebook]
    return set(rows.str.split(">").explode())


def as_read(data: Record, reader: str, codebook: str, variables: Collection[str] = READ) -> Record:
    """Return the record with the codes that one reader gave.

    What the reader did not code stays as it was settled: so do the links of a statement that no
    reader has seen. A proposal that the reader linked to nothing is without a counterpart.
    """
    given = data.readings[(data.readings.reader == reader) & (data.readings.codebook == codebook)]
    given = given[given.variable.isin(variables)]
    by_variable = {name: rows.set_index("unit").value for name, rows in given.groupby("variable")}
    changed: dict[str, pd.DataFrame] = {}
    for home in ("statements", "recommendations"):
        rows = changed[home] = getattr(data, home)
        for variable in {"act", "action_category"} & set(by_variable) & set(rows):
            read = units(rows).map(by_variable[variable])
            codes = read if variable == "act" else _categories(read)
            changed[home] = changed[home].assign(
                **{variable: codes.where(read.notna(), rows[variable])}
            )
        if "themes" in by_variable:
            unit = home.rstrip("s")
            changed[f"{unit}_themes"] = _themes(by_variable["themes"], data, home, unit)
    if "uptake" in by_variable:
        changed["uptake"] = _links(by_variable["uptake"], data, seen(data, codebook))
    return data.but(**changed)


def _categories(codes: pd.Series) -> pd.Series:
    return pd.to_numeric(codes.where(codes.isin([*"12345"]))).astype("Int64")


def _themes(values: pd.Series, data: Record, home: str, unit: str) -> pd.DataFrame:
    """Return the themes that a reader gave, and the settled ones of other units."""
    rows, settled = getattr(data, home), getattr(data, f"{unit}_themes")
    held = settled.groupby(unit).theme.agg(" ".join)
    read = units(rows).map(values)
    themes = read.where(read.notna(), rows.id.map(held)).fillna("").str.split().explode()
    pairs = pd.DataFrame({unit: rows.id.reindex(themes.index), "theme": themes})
    return pairs.dropna().reset_index(drop=True)


def _links(levels: pd.Series, data: Record, known: set[str]) -> pd.DataFrame:
    """Return the links that a reader gave, and the settled ones not seen.

    A level that the codebook does not have is no link.
    """
    levels = levels[levels.isin(["full", "partial"])]
    pairs = [unit.partition(">")[::2] for unit in named(levels.index.to_series(), data, "uptake")]
    links = pd.DataFrame(pairs, levels.index, ["statement", "recommendation"])
    links = links.assign(level=levels, reason="")
    links = links[links.statement.isin(data.statements.id)]
    unseen = data.statements.id[~units(data.statements).isin(known)]
    settled = data.uptake[data.uptake.statement.isin(unseen)]
    return pd.concat([links, settled[list(links)]], ignore_index=True)


def without(data: Record, speaker: str) -> Record:
    """Return the record without what one speaker is recorded as saying."""
    gone = data.statements.id[data.statements.speaker == speaker]
    rest = {
        name: rows[~rows.statement.isin(gone)]
        for name in ("statement_themes", "uptake", "relations", "no_uptake", "rejected", "claims")
        for rows in [getattr(data, name)]
    }
    rest["relations"] = rest["relations"][~rest["relations"].other.isin(gone)]
    return data.but(statements=data.statements[data.statements.speaker != speaker], **rest)


def every_reading(data: Record, variable: str) -> Iterator[tuple[str, Record]]:
    """Yield the settled record, and that of each reader who coded a variable.

    The readers are those of every codebook: what is said in words must hold under each.
    """
    yield "settled", data
    for codebook in versions(data):
        for reader in complete(data, variable, codebook):
            yield reader, as_read(data, reader, codebook)
