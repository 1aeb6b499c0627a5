"""The tables of the book. Each function takes the loaded data and returns one finished frame.

To add a table, write a function here and put it in `ALL`; the command line, the downloads and the tests then
know it. A figure with the same name in `analysis.figures` draws it.
"""

from types import SimpleNamespace

import pandas as pd

ACTS = ("proposal", "concern", "position", "evidence", "practice", "procedure")
OUTSIDE = "Outside the panels"
NEITHER = "Neither panel alone"
CATEGORIES = {
    1: "1 minimal action",
    2: "2 continuing action",
    3: "3 considering action",
    4: "4 general action",
    5: "5 specific action",
}
NOBODY = "nobody named"


def participation(data: SimpleNamespace) -> pd.DataFrame:
    """Who took part in the coded dialogue, by group, subgroup and unit.

    Returns
    -------
    DataFrame
        One row per group or subgroup: group, part_of, count, unit, basis, paragraph. Units differ, so there is
        no total. Source: paragraph 4.
    """
    coded = data.meetings.id[data.meetings.coded]
    rows = data.participation[data.participation.meeting.isin(coded)]
    return _participation(rows, data)[["group", "part_of", "count", "unit", "basis", "paragraph"]]


def participation_by_year(data: SimpleNamespace) -> pd.DataFrame:
    """The counts known of all dialogues on trafficking in persons.

    Returns
    -------
    DataFrame
        One row per count: date, group, part_of, count, unit, source, caution. Counts of different units
        are not comparable.
    """
    rows = _participation(data.participation, data)
    rows["date"] = rows.meeting.map(data.meetings.set_index("id").date)
    context = data.context.set_index("id")
    summary = rows.context == ""
    rows["source"] = rows.context.map(context.publisher + " (" + context.seen + ")").mask(summary, "the summary")
    rows["caution"] = rows.context.map(context.caution).fillna("")
    return rows[["date", "group", "part_of", "count", "unit", "source", "caution"]]


def _participation(rows: pd.DataFrame, data: SimpleNamespace) -> pd.DataFrame:
    groups = data.participation.set_index("id").group
    return rows.assign(part_of=rows.parent.map(groups).fillna("")).reset_index(drop=True)


def panellists(data: SimpleNamespace) -> pd.DataFrame:
    """The panellists in the order in which they spoke.

    Returns
    -------
    DataFrame
        One row per panellist: panel, organization, place, paragraph, statements, proposals.
    """
    said = data.statements
    rows = data.actors[data.actors.role == "panellist"]
    count = said.groupby("speaker").size()
    proposals = said[said.act == "proposal"].groupby("speaker").size()
    return pd.DataFrame(
        {
            "panel": rows.panel.map(data.panels.set_index("id").label),
            "organization": rows.name,
            "place": rows.place,
            "paragraph": rows.id.map(said.groupby("speaker").paragraph.first()),
            "statements": rows.id.map(count),
            "proposals": rows.id.map(proposals).fillna(0).astype(int),
        }
    ).reset_index(drop=True)


def statements(data: SimpleNamespace) -> pd.DataFrame:
    """Every statement with all that is coded of it.

    Returns
    -------
    DataFrame
        One row per statement: id, paragraph, section, panel, speaker, role, quantifier, act, action_category,
        themes (labels, in the order of the codebook), gist.
    """
    actors = data.actors.set_index("id")
    rows = data.statements
    return pd.DataFrame(
        {
            "id": rows.id,
            "paragraph": rows.paragraph,
            "section": rows.paragraph.map(data.paragraphs.set_index("number").section),
            "panel": _panel(rows, data, OUTSIDE),
            "speaker": rows.speaker.map(actors.name),
            "role": rows.speaker.map(actors.role),
            "quantifier": rows.quantifier,
            "act": rows.act,
            "action_category": rows.action_category,
            "themes": rows.id.map(theme_labels(data.statement_themes, "statement", data)),
            "gist": rows.gist,
        }
    )


def theme_labels(codes: pd.DataFrame, column: str, data: SimpleNamespace) -> pd.Series:
    """Return, for each coded row, the labels of its themes in the order of the codebook, joined by semicolons."""
    order = {theme: place for place, theme in enumerate(data.themes.id)}
    labels = data.themes.set_index("id").label
    ordered = codes.sort_values("theme", key=lambda themes: themes.map(order))
    return ordered.assign(label=ordered.theme.map(labels)).groupby(column).label.agg("; ".join)


def _panel(rows: pd.DataFrame, data: SimpleNamespace, other: str) -> pd.Series:
    labels = data.panels.set_index("id").label
    return pd.Categorical(rows.panel.map(labels).fillna(other), [*labels, other])


def statements_by_act(data: SimpleNamespace) -> pd.DataFrame:
    """Statements by speech act and panel.

    Returns
    -------
    DataFrame
        One row per speech act: act, one count per panel and outside the panels, total.
    """
    return _cross(statements(data), "act", "panel", order=ACTS)


def statements_by_speaker(data: SimpleNamespace) -> pd.DataFrame:
    """Statements by speaker and speech act.

    Returns
    -------
    DataFrame
        One row per speaker, in the order of the list of actors: speaker, one count per speech act, total.
    """
    table = statements(data).assign(act=lambda rows: pd.Categorical(rows.act, ACTS))
    order = [name for name in data.actors.name if name in set(table.speaker)]
    return _cross(table, "speaker", "act", order=order)


def statements_by_role(data: SimpleNamespace) -> pd.DataFrame:
    """Statements by the part in which their speaker spoke.

    Returns
    -------
    DataFrame
        One row per role (panellist, floor, secretariat, chair): role, one count per speech act, total.
    """
    table = statements(data).assign(act=lambda rows: pd.Categorical(rows.act, ACTS))
    return _cross(table, "role", "act", order=("panellist", "floor", "secretariat", "chair"))


def statements_by_theme(data: SimpleNamespace) -> pd.DataFrame:
    """Statements by theme and panel. A statement with two themes is counted under both.

    Returns
    -------
    DataFrame
        One row per theme that is applied, in the order of the codebook: theme, top, one count per panel and outside the
        panels, total.
    """
    rows = data.statement_themes.merge(data.statements, left_on="statement", right_on="id")
    table = pd.DataFrame(
        {"theme": rows.theme.map(data.themes.set_index("id").label), "panel": _panel(rows, data, OUTSIDE)}
    )
    counted = _cross(table, "theme", "panel", order=_applied(data).label)
    counted.insert(1, "top", list(_applied(data).top))
    return counted


def _applied(data: SimpleNamespace) -> pd.DataFrame:
    """Themes below the four on top, with the label of the one above: id, label, top."""
    themes = data.themes
    below = themes[themes.parent != ""]
    return below.assign(top=below.parent.map(themes.set_index("id").label))[["id", "label", "top"]]


def themes_by_speaker(data: SimpleNamespace, panel: str) -> pd.DataFrame:
    """Who raised which theme on one panel.

    Parameters
    ----------
    panel : str
        Id of the panel.

    Returns
    -------
    DataFrame
        One row per theme that was raised, in the order of the codebook: theme, one count per panellist in the order of speaking and one for
        the floor, total.
    """
    rows = data.statement_themes.merge(said_on(data, panel), left_on="statement", right_on="id")
    names = list(dict.fromkeys(said_on(data, panel).speaker))
    speakers = pd.Categorical(rows.speaker, sorted(names, key=lambda name: name == "The floor"))
    table = pd.DataFrame({"theme": rows.theme.map(data.themes.set_index("id").label), "speaker": speakers})
    counted = _cross(table, "theme", "speaker", order=_applied(data).label)
    return counted[counted.total > 0].reset_index(drop=True)


def themes_by_act(data: SimpleNamespace, panel: str) -> pd.DataFrame:
    """What kind of thing was said on each theme of one panel.

    Returns
    -------
    DataFrame
        One row per theme that was raised, in the order of the codebook: theme, one count per speech act, total.
    """
    rows = data.statement_themes.merge(said_on(data, panel), left_on="statement", right_on="id")
    acts = pd.Categorical(rows.act, [act for act in ACTS if act != "procedure"])
    table = pd.DataFrame({"theme": rows.theme.map(data.themes.set_index("id").label), "act": acts})
    counted = _cross(table, "theme", "act", order=_applied(data).label)
    return counted[counted.total > 0].reset_index(drop=True)


def said_on(data: SimpleNamespace, panel: str) -> pd.DataFrame:
    """The statements of one panel and its discussion: the rows of `statements`.

    Raises
    ------
    ValueError
        Where there is no such panel.
    """
    if panel not in set(data.panels.id):
        raise ValueError(f"Invalid panel {panel!r}. Must be one of: {', '.join(data.panels.id)}.")
    table = statements(data)
    return table[data.statements.panel.to_numpy() == panel].reset_index(drop=True)


def common_themes(data: SimpleNamespace) -> pd.DataFrame:
    """The themes that both panels raised.

    Returns
    -------
    DataFrame
        One row per theme: theme, one count per panel, statements (ids on both panels, joined by semicolons).
    """
    table = statements_by_theme(data).set_index("theme")[list(data.panels.label)]
    table = table[(table > 0).all(axis=1)]
    rows = statements(data)
    rows = rows[rows.panel.isin(data.panels.label)]
    rows = rows.assign(theme=rows.themes.str.split("; ")).explode("theme")
    return table.assign(statements=rows.groupby("theme").id.agg("; ".join)).reset_index()


def floor_quantifiers(data: SimpleNamespace) -> pd.DataFrame:
    """How the summary counts the speakers from the floor. Its words are labels, never numbers of people.

    Returns
    -------
    DataFrame
        One row per quantifier, most frequent first: quantifier, statements.
    """
    floor = data.statements[data.statements.quantifier != ""]
    counts = floor.quantifier.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return counts.rename_axis("quantifier").reset_index(name="statements")


def recommendations(data: SimpleNamespace) -> pd.DataFrame:
    """Every atomic recommendation with all that is coded of it.

    Returns
    -------
    DataFrame
        One row per recommendation: id, paragraph, panel, gist, addressee_stated, addressee_inferred, acts_below
        (parties named below the State), persons (concerned), first_verb, verb_category (the commonest category of UPR
        recommendations that begin with the verb), action_category (as read), category_reason, legal_basis,
        legal_article, legal_note, themes.
    """
    rows = data.recommendations
    parties = data.recommendation_parties.groupby(["part", "recommendation"]).party.agg("; ".join)
    verbs = data.verbs.set_index("first_verb")
    return pd.DataFrame(
        {
            "id": rows.id,
            "paragraph": rows.paragraph,
            "panel": _panel(rows, data, NEITHER),
            "gist": rows.gist,
            "addressee_stated": rows.addressee_stated,
            "addressee_inferred": rows.addressee_inferred,
            "acts_below": rows.id.map(parties["acts below the State"]).fillna(""),
            "persons": rows.id.map(parties["person concerned"]).fillna(""),
            "first_verb": rows.first_verb,
            "verb_category": rows.first_verb.map(verbs.modal_category),
            "action_category": rows.action_category,
            "category_reason": rows.category_reason,
            "legal_basis": rows.legal_basis.map(data.instruments.set_index("id").title).fillna(""),
            "legal_article": rows.legal_article,
            "legal_note": rows.legal_note,
            "themes": rows.id.map(theme_labels(data.recommendation_themes, "recommendation", data)),
        }
    )


def recommendations_by_addressee(data: SimpleNamespace) -> pd.DataFrame:
    """Recommendations by addressee as printed and as we read it.

    Returns
    -------
    DataFrame
        One row per pair: addressee_stated ("nobody named" for a blank), addressee_inferred, recommendations.
    """
    table = recommendations(data).replace({"addressee_stated": {"": NOBODY}})
    return _count(table, ["addressee_stated", "addressee_inferred"])


def recommendations_by_addressee_and_strength(data: SimpleNamespace) -> pd.DataFrame:
    """Recommendations by addressee as printed and by action category as read.

    Returns
    -------
    DataFrame
        One row per addressee: addressee_stated, one count per category that occurs, total.
    """
    table = recommendations(data).replace({"addressee_stated": {"": NOBODY}})
    table["category"] = table.action_category.map(CATEGORIES)
    return _cross(table, "addressee_stated", "category", order=dict.fromkeys(table.addressee_stated))


def recommendations_by_party(data: SimpleNamespace) -> pd.DataFrame:
    """Recommendations by party named besides States.

    Returns
    -------
    DataFrame
        One row per party: part (acts below the State, person concerned), party, recommendations, which (their ids).
    """
    grouped = data.recommendation_parties.groupby(["part", "party"]).recommendation
    table = grouped.agg(recommendations="size", which="; ".join).reset_index()
    return table.sort_values(["part", "recommendations"], ascending=[True, False], kind="stable", ignore_index=True)


def recommendations_by_theme(data: SimpleNamespace) -> pd.DataFrame:
    """Recommendations by theme and subject. A recommendation with two themes is counted under both.

    Returns
    -------
    DataFrame
        One row per theme that is applied, in the order of the codebook: theme, top, one count per panel's subject
        and for neither, total, statements (how many statements have the theme).
    """
    rows = data.recommendation_themes.merge(data.recommendations, left_on="recommendation", right_on="id")
    table = pd.DataFrame(
        {"theme": rows.theme.map(data.themes.set_index("id").label), "panel": _panel(rows, data, NEITHER)}
    )
    counted = _cross(table, "theme", "panel", order=_applied(data).label)
    counted.insert(1, "top", list(_applied(data).top))
    said = statements_by_theme(data).set_index("theme").total
    return counted.assign(statements=counted.theme.map(said))


def recommendations_by_strength(data: SimpleNamespace) -> pd.DataFrame:
    """Recommendations by action category: what the first verb alone would give, and what a reader gives.

    Returns
    -------
    DataFrame
        One row per category of E. McMahon's scale: category, by_first_verb, as_read.
    """
    table = recommendations(data)
    return pd.DataFrame(
        {
            "category": list(CATEGORIES.values()),
            "by_first_verb": [int((table.verb_category == k).sum()) for k in CATEGORIES],
            "as_read": [int((table.action_category == k).sum()) for k in CATEGORIES],
        }
    )


def claims(data: SimpleNamespace) -> pd.DataFrame:
    """Every quantity that the summary states.

    Returns
    -------
    DataFrame
        One row per claim: id, paragraph, said_by, quantity (as printed), kind, low, high, unit, measures, period,
        source_named, note.
    """
    names = data.actors.set_index("id").name
    columns = "quantity kind low high unit measures period source_named note".split()
    head = data.claims[["id", "paragraph"]].assign(said_by=data.claims.said_by.map(names))
    return pd.concat([head, data.claims[columns]], axis=1)


def codebook(data: SimpleNamespace) -> pd.DataFrame:
    """The themes with their rules, and how often each is applied.

    Returns
    -------
    DataFrame
        One row per theme: id, theme, top, definition, include, leave_out, example, statements, recommendations.
    """
    labels = data.themes.set_index("id").label
    said, advised = data.statement_themes.theme.value_counts(), data.recommendation_themes.theme.value_counts()
    themes = data.themes
    return pd.DataFrame(
        {
            "id": themes.id,
            "theme": themes.label,
            "top": themes.parent.map(labels).fillna(""),
            "definition": themes.definition,
            "include": themes.include,
            "leave_out": themes.exclude,
            "example": themes.example,
            "statements": themes.id.map(said).astype("Int64").where(themes.parent != "").fillna(0),
            "recommendations": themes.id.map(advised).astype("Int64").where(themes.parent != "").fillna(0),
        }
    )


def crosswalk(data: SimpleNamespace) -> pd.DataFrame:
    """The concepts of other vocabularies that the themes correspond to.

    Returns
    -------
    DataFrame
        One row per theme and concept: theme, vocabulary, concept, identifier, relation. A theme without a concept in
        a vocabulary has no row for it.
    """
    labels = data.themes.set_index("id").label
    return data.crosswalk.assign(theme=data.crosswalk.theme.map(labels)).rename(columns={"label": "concept"})[
        ["theme", "vocabulary", "concept", "identifier", "relation"]
    ]


def instruments(data: SimpleNamespace) -> pd.DataFrame:
    """Treaties, resolutions, documents and cases, and where the summary names them.

    Returns
    -------
    DataFrame
        One row per instrument: title, symbol, kind, date, paragraphs (joined by semicolons; blank where it is only the basis
        of a recommendation), note.
    """
    places = data.mentions.assign(paragraph=data.mentions.paragraph.astype(str))
    places = places.drop_duplicates(["instrument", "paragraph"]).groupby("instrument").paragraph.agg("; ".join)
    table = data.instruments.assign(paragraphs=data.instruments.id.map(places).fillna(""))
    return table[["title", "symbol", "kind", "date", "paragraphs", "note"]]


def source_notes(data: SimpleNamespace) -> pd.DataFrame:
    """Irregularities of the summary and how they are treated.

    Returns
    -------
    DataFrame
        One row per irregularity: id, paragraph (missing where it is about the whole), kind, finding, treatment.
    """
    return data.source_notes.copy()


def coverage(data: SimpleNamespace) -> pd.DataFrame:
    """How much of the summary's text is coded.

    Returns
    -------
    DataFrame
        One row per Roman section: section, label, paragraphs, statements, recommendations, claims, coded
        (per cent of the section's code points that stand in a statement or a recommendation).
    """
    home = data.paragraphs.set_index("number").section
    spans = pd.concat([data.statements, data.recommendations])
    coded = (spans.end - spans.start).groupby(spans.paragraph.map(home)).sum()
    length = data.paragraphs.groupby("section").length.sum()
    table = data.sections.rename(columns={"number": "section"})
    for name, rows in (("paragraphs", data.paragraphs.section), ("statements", data.statements.paragraph.map(home)),
                       ("recommendations", data.recommendations.paragraph.map(home)),
                       ("claims", data.claims.paragraph.map(home))):
        table[name] = table.section.map(rows.value_counts()).fillna(0).astype(int)
    share = 100 * table.section.map(coded).fillna(0).astype(float) / table.section.map(length).astype(float)
    return table.assign(coded=share.round(1))


def _cross(rows: pd.DataFrame, row: str, column: str, *, order) -> pd.DataFrame:
    """Count rows by two columns, every value of `order` having a row, with a total."""
    table = pd.crosstab(rows[row].astype(str), rows[column], dropna=False).reindex(list(order), fill_value=0)
    table.columns = [str(name) for name in table.columns]
    return table.assign(total=table.sum(axis=1)).rename_axis(row).reset_index()


def _count(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Count recommendations by some columns, most frequent first."""
    counts = rows.groupby(columns).size().reset_index(name="recommendations")
    return counts.sort_values("recommendations", ascending=False, kind="stable", ignore_index=True)


ALL = {
    table.__name__: table
    for table in (
        participation,
        participation_by_year,
        panellists,
        statements,
        statements_by_act,
        statements_by_role,
        statements_by_speaker,
        statements_by_theme,
        floor_quantifiers,
        recommendations,
        common_themes,
        recommendations_by_addressee,
        recommendations_by_addressee_and_strength,
        recommendations_by_party,
        recommendations_by_theme,
        recommendations_by_strength,
        claims,
        codebook,
        crosswalk,
        instruments,
        source_notes,
        coverage,
    )
}
