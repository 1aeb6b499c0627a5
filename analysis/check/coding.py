"""Codes: themes, categories, verbs, instruments and concepts."""

from collections.abc import Iterator

from analysis.check.rules import CODED, among, rule
from analysis.record import Problem, Record, flaws, readings

VOCABULARIES = {  # the form of an identifier in each
    "TIP Protocol": r"article \d+( \(\w\))*",
    "SDG": r"http://metadata\.un\.org/sdg/[C\d.]+",
    "UNBIS Thesaurus": r"http://metadata\.un\.org/thesaurus/\d{7}",
    "ICCS": r"\d{4,6}",
}


@rule
def proposals_have_a_category(data: Record) -> Iterator[Problem]:
    """A proposal has an action category, and nothing else has."""
    wrong = (data.statements.act == "proposal") != data.statements.action_category.notna()
    yield from flaws(
        data, "statements", wrong, "action_category", "category and speech act do not fit"
    )


@rule
def themes_are_applied(data: Record) -> Iterator[Problem]:
    """Themes below the top are applied, each of them, and one to each row."""
    themes = data.themes
    leaves = set(themes.id[themes.parent != ""])
    wrong = themes.parent.isin(leaves)
    yield from flaws(
        data, "themes", wrong, "parent", "parent is not on top", "one of the four, or blank"
    )
    for home, table, column in CODED:
        codes, rows = getattr(data, table), getattr(data, home)
        yield from flaws(
            data, table, ~codes.theme.isin(leaves), "theme", "theme on top, or unknown"
        )
        yield from flaws(data, home, ~rows.id.isin(codes[column]), "id", "row without a theme")
    unused = themes.id.isin(leaves) & ~themes.id.isin(data.statement_themes.theme)
    yield from flaws(data, "themes", unused, "id", "theme that no statement has")


@rule
def verbs_add_up(data: Record) -> Iterator[Problem]:
    """The categories of a verb add up to its total, mode and share."""
    verbs = data.verbs.dropna()
    counts = verbs[[f"category_{k}" for k in range(1, 6)]].astype("Float64")
    total, mode = counts.sum(axis=1), counts.max(axis=1)
    yield from flaws(data, "verbs", total != verbs.n, "n", "total does not add up", total)
    modes = {
        (row, int(name[-1]))
        for (row, name), most in counts.eq(mode, axis=0).stack().items()
        if most
    }
    wrong = ~among(modes, verbs.index.to_series(), verbs.modal_category)
    yield from flaws(data, "verbs", wrong, "modal_category", "not the commonest category")
    share = (mode / total).round(3)
    wrong = (verbs.share - share).abs() > 0.0011
    yield from flaws(data, "verbs", wrong, "share", "share does not follow", share)


@rule
def instruments_are_used(data: Record) -> Iterator[Problem]:
    """Every instrument is mentioned, or is the basis of a recommendation."""
    advised = data.recommendations
    wrong = ~data.instruments.id.isin({*data.mentions.instrument, *advised.legal_basis})
    yield from flaws(data, "instruments", wrong, "id", "instrument not used")
    wrong = (advised.legal_basis == "") & (advised.legal_article != "")
    yield from flaws(
        data, "recommendations", wrong, "legal_article", "article without an instrument"
    )


@rule
def concepts_are_of_their_vocabulary(data: Record) -> Iterator[Problem]:
    """An identifier has the form of its vocabulary, and one label."""
    frame = data.crosswalk
    for vocabulary, form in VOCABULARIES.items():
        wrong = (frame.vocabulary == vocabulary) & ~frame.identifier.str.fullmatch(form)
        yield from flaws(
            data, "crosswalk", wrong, "identifier", "identifier of another vocabulary", form
        )
    labels = frame.groupby(["vocabulary", "identifier"]).label.transform("nunique")
    yield from flaws(data, "crosswalk", labels > 1, "label", "concept with two labels")


@rule
def variables_are_named(data: Record) -> Iterator[Problem]:
    """Whatever is coded has a name among the lists of values."""
    for table in ("coding_rules", "readings", "settled"):
        variable = getattr(data, table).variable
        nameless = ~variable.isin(readings.variables(data)) & ~variable.duplicated()
        expected = "a value of the list 'variable' in codes.csv"
        yield from flaws(data, table, nameless, "variable", "variable without a name", expected)
