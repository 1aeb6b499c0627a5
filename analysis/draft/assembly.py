"""Put a draft together: every table of the schema, from a document and a codebook."""

from types import SimpleNamespace

import pandas as pd

from analysis import document as reader
from analysis import load, suggested
from analysis.document import Document
from analysis.draft import (
    acts,
    attendance,
    instruments,
    observations,
    quantities,
    speakers,
    statements,
    structure,
    suggest,
    words,
)

COPIED = ("themes", "crosswalk", "verbs")


def draft(document: Document, codebook: SimpleNamespace) -> dict[str, pd.DataFrame]:
    """Suggest a coded record of a document.

    Parameters
    ----------
    document : Document
        Any summary, as `analysis.document.read` gives it.
    codebook : SimpleNamespace
        Loaded tables, of which `themes`, `crosswalk` and `verbs` are used, as `analysis.load.dataset` gives them.

    Returns
    -------
    dict of DataFrame
        One frame per table of the schema, with its columns in its order and text in every cell ("" for a blank). Tables that
        the draft fills have two more columns: status (``suggested``) and reason. Tables that only a person can fill are empty.
    """
    rows = _rows(document, codebook)
    frames = {}
    for resource in load.schema()["resources"]:
        name = resource["name"]
        columns = [field["name"] for field in resource["schema"]["fields"]]
        if name in suggested.DRAFTED:
            frames[name] = _frame([_marked(row, columns) for row in rows.get(name, [])], suggested.columns(columns))
        elif name in COPIED:
            frames[name] = _frame(rows[name], columns)
        else:
            frames[name] = _frame([], columns)
    return frames


def _marked(row: dict, columns: list[str]) -> dict:
    status, reason = suggested.columns(columns)[-2:]
    why = " ".join(row.get("reason", "").split())[:120].rstrip()
    return {**row, status: suggested.SUGGESTED, reason: why}


def _frame(rows: list[dict], columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame([[_cell(row.get(column, "")) for column in columns] for row in rows], columns=columns, dtype=str)


def _cell(value) -> str:
    """Return a cell as text: whole numbers without a fraction, blanks for what is missing."""
    if value is None or value is pd.NA or value != value:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def _rows(document: Document, codebook: SimpleNamespace) -> dict[str, list[dict]]:
    """Return the rows of every table that the draft fills, and those that it copies."""
    parts, panels = structure.parts(document)
    actors = speakers.actors(parts, panels)
    said = _numbered(statements.statements(parts, actors))
    meeting = attendance.meeting(document, parts, actors)
    counts = attendance.counts(parts)
    named = instruments.instruments(parts, [form for actor in actors if actor.role == "panellist" for form, _ in actor.forms])
    rows = {
        "meetings": [meeting],
        "sections": _sections(document),
        "panels": [vars(panel) for panel in panels],
        "participation": _participation(counts, meeting["id"]),
        "actors": [vars(actor) for actor in actors],
        "actor_names": _names(actors),
        "claims": _claims(parts, said, counts, meeting["chairs"]),
        "instruments": [vars(each) for each in named],
        "mentions": _mentions(named),
    }
    rows |= _coded(parts, panels, actors, said, codebook)
    known = codebook.verbs.astype(object).to_dict("records")
    missing = dict.fromkeys(row["first_verb"] for row in rows["recommendations"])
    rows["verbs"] = known + [{"first_verb": verb} for verb in missing if verb not in set(codebook.verbs.first_verb)]
    rows["crosswalk"] = codebook.crosswalk.to_dict("records")
    rows["themes"] = codebook.themes.drop(columns="example").to_dict("records")
    return rows


def _sections(document: Document) -> list[dict]:
    labels: dict[str, None] = {}
    for section in document.sections:
        labels[words.distinct(section.title or "Section", labels)] = None
    numbered = dict.fromkeys(section.number for section in document.sections)
    named = zip(document.sections, labels, strict=True)
    rows = [{"number": each.number, "label": label, "reason": "heading as printed"} for each, label in named]
    return list({row["number"]: row for row in reversed(rows)}.values())[::-1] if len(numbered) < len(rows) else rows


def _numbered(found: list) -> list[tuple[str, object]]:
    """Give every row the number of its paragraph and the next letters: a to z, then aa to zz."""
    count: dict[int, int] = {}
    numbered = []
    for row in found:
        place = count[row.paragraph] = count.get(row.paragraph, -1) + 1
        if place < suggested.MOST:
            numbered.append((f"{row.paragraph}{suggested.letters(place)}", row))
    return numbered


def _coded(parts, panels, actors, said, codebook) -> dict[str, list[dict]]:
    """Return paragraphs, statements and recommendations with what a reader must decide: gists, acts, categories, themes."""
    texts = {part.number: part.text for part in parts}
    roles, book = {actor.id: actor.role for actor in actors}, suggest.Codebook(codebook.themes)
    verbs = suggest.modal_categories(codebook)
    advised = _numbered(observations.recommendations(parts))
    spoken = _statements(said, parts, roles, verbs)
    asked = _recommendations(advised, texts, verbs, _subjects(parts, panels))
    return {
        "paragraphs": _paragraphs(parts, asked),
        "statements": spoken,
        "recommendations": asked,
        "statement_themes": _themes("statement", said, texts, book),
        "recommendation_themes": _themes("recommendation", advised, texts, book),
    }


def _subjects(parts, panels) -> suggest.Subjects:
    texts = {panel.id: " ".join(part.text for part in parts if part.panel == panel.id) for panel in panels}
    return suggest.Subjects(texts, {panel.id: panel.title for panel in panels})


def _paragraphs(parts, asked: list[dict]) -> list[dict]:
    taken: dict[str, int] = {}
    homes: dict[int, set] = {}
    for row in asked:
        homes.setdefault(row["paragraph"], set()).add(row["panel"])
    rows = []
    for part in parts:
        home = homes.get(part.number, {part.panel})
        row = {"number": part.number, "section": part.section, "kind": part.kind, "length": len(part.text), "reason": part.reason}
        row |= {"panel": min(home) if len(home) == 1 else "", "sha256": reader.digest(part.text)}
        rows.append(row | {"fingerprint": reader.fingerprint(part.text), "gist": suggest.gist(part.text, taken)})
    return rows


def _statements(said, parts, roles: dict, verbs: dict) -> list[dict]:
    texts, kinds = {part.number: part.text for part in parts}, {part.number: part.kind for part in parts}
    taken: dict[str, int] = {}
    rows = []
    for id, each in said:
        own = texts[each.paragraph][each.start : each.end]
        act, why = acts.act(own, each.lead, roles[each.speaker], kinds[each.paragraph])
        category = suggest.category(suggest.verb_asked(own), verbs)[0] if act == "proposal" else ""
        row = {**vars(each), "id": id, "sha256": reader.digest(own), "act": act, "action_category": category}
        rows.append(row | {"gist": suggest.gist(own, taken), "reason": f"{each.reason}; {why}"})
    return rows


def _recommendations(advised, texts: dict, verbs: dict, subjects: suggest.Subjects) -> list[dict]:
    taken: dict[str, int] = {}
    rows = []
    for id, each in advised:
        own = texts[each.paragraph][each.start : each.end]
        category, why = suggest.category(each.verb, verbs)
        row = {
            **vars(each),
            "id": id,
            "sha256": reader.digest(own),
            "addressee_stated": each.stated,
            "addressee_inferred": each.inferred,
        }
        row |= {"first_verb": each.verb, "action_category": category, "category_reason": why, "panel": subjects.panel(own)}
        rows.append(row | {"gist": suggest.gist(own, taken)})
    return _one_home(rows)


def _one_home(rows: list[dict]) -> list[dict]:
    """Leave the panel blank where the recommendations of one paragraph name one panel and none: the paragraph settles it."""
    homes: dict[int, set] = {}
    for row in rows:
        homes.setdefault(row["paragraph"], set()).add(row["panel"])
    for row in rows:
        named = homes[row["paragraph"]] - {""}
        if len(named) == 1:
            row["panel"] = min(named)
    return rows


def _themes(column: str, coded, texts: dict, book: suggest.Codebook) -> list[dict]:
    rows = []
    for id, each in coded:
        for theme, why in sorted(book.themes(texts[each.paragraph][each.start : each.end])):
            rows.append({column: id, "theme": theme, "reason": why})
    return rows


def _participation(counts, meeting: str) -> list[dict]:
    rows: list[dict] = []
    for count in counts:
        name = words.distinct(words.slug(f"{meeting} {count.group}"), {row["id"] for row in rows})
        group = words.distinct(count.group, {row["group"] for row in rows})
        parent = rows[count.parent]["id"] if count.parent is not None else ""
        row = {**vars(count), "id": name, "meeting": meeting, "group": group, "parent": parent}
        rows.append(row | {"reason": f"a figure and whom it counts: {count.count} {count.group}"})
    return rows


def _names(actors) -> list[dict]:
    rows = [
        {"actor": a.id, "name": form, "paragraph": n, "reason": f"form of a name: {form}"} for a in actors for form, n in a.forms
    ]
    return list({(row["actor"], row["name"], row["paragraph"]): row for row in rows}.values())


def _claims(parts, said, counts, chair: str) -> list[dict]:
    by_paragraph: dict[int, list] = {}
    for id, each in said:
        by_paragraph.setdefault(each.paragraph, []).append((id, each))
    found = _numbered(quantities.claims(parts, by_paragraph, counts, chair))
    return [{**vars(claim), "id": f"q{id}", "sha256": reader.digest(claim.quantity)} for id, claim in found]


def _mentions(named) -> list[dict]:
    rows = [
        {"instrument": each.id, "paragraph": n, "name": name, "reason": each.reason}
        for each in named
        for n, name in each.mentions
    ]
    return sorted(rows, key=lambda row: row["paragraph"])
