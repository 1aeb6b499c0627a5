"""The numbers that Word makes by itself, which are nowhere in the text of a .docx file."""

import re

from docx.oxml.ns import qn

from analysis.document.numbering import to_roman

LETTERS = "abcdefghijklmnopqrstuvwxyz"
VALUE = qn("w:val")


class Numbers:
    """Counts the numbered paragraphs of a document as Word does when it draws them.

    A paragraph has a list (``numId``) and a level, of its own or from its style. Lists that share an abstract list count
    together, unless one starts anew; a level begins again below a higher one.
    """

    def __init__(self, document):
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}  # abstract list -> level -> format, text, start
        self.lists: dict[str, tuple[str, dict[int, int]]] = {}  # list -> abstract list, levels that start anew
        self.counts: dict[str, dict[int, int]] = {}
        self.begun: set[tuple[str, int]] = set()
        self._read_lists(document)
        self.styles = {style.get(qn("w:styleId")): style for style in document.styles.element.iterfind(qn("w:style"))}

    def _read_lists(self, document):
        part = next(
            (
                rel.target_part
                for rel in document.part.rels.values()
                if rel.reltype.endswith("/numbering") and not rel.is_external
            ),
            None,
        )
        if part is None:
            return
        for abstract in part.element.iterfind(qn("w:abstractNum")):
            levels = {_number(level, "w:ilvl"): _level(level) for level in abstract.iterfind(qn("w:lvl"))}
            self.levels[abstract.get(qn("w:abstractNumId"))] = levels
        for made in part.element.iterfind(qn("w:num")):
            abstract = made.find(qn("w:abstractNumId"))
            anew = {}
            for override in made.iterfind(qn("w:lvlOverride")):
                start = override.find(qn("w:startOverride"))
                if start is not None:
                    anew[_number(override, "w:ilvl")] = _whole(start.get(VALUE), 1)
            if abstract is not None:
                self.lists[made.get(qn("w:numId"))] = abstract.get(VALUE), anew

    def label(self, paragraph) -> str:
        """Return the number that stands before a paragraph, and count it; blank for none and for bullets."""
        key, level = self._place(paragraph)
        if key not in self.lists:
            return ""
        abstract, anew = self.lists[key]
        levels = self.levels.get(abstract, {})
        if level not in levels:
            return ""
        counts = self.counts.setdefault(abstract, {})
        if level in anew and (key, level) not in self.begun:
            counts[level] = anew[level] - 1
        self.begun.add((key, level))
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        return self._written(levels, counts, level)

    def _written(self, levels, counts, level: int) -> str:
        form, text, _ = levels[level]
        if form in ("bullet", "none"):
            return ""

        def value(match):
            other = int(match[1]) - 1
            form, _, start = levels.get(other, ("decimal", "", 1))
            return written(counts.get(other, start), form)

        return re.sub(r"%([1-9])", value, text).strip()

    def _place(self, paragraph) -> tuple[str, int]:
        """Return the list and level of a paragraph, from itself or from its style and those the style is based on."""
        key, level = _own(paragraph.find(qn("w:pPr")))
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name, seen = style.get(VALUE) if style is not None else None, set()
        while name in self.styles and name not in seen and (key is None or level is None):
            seen.add(name)
            above_key, above_level = _own(self.styles[name].find(qn("w:pPr")))
            key, level = above_key if key is None else key, above_level if level is None else level
            base = self.styles[name].find(qn("w:basedOn"))
            name = base.get(VALUE) if base is not None else None
        return key or "", level or 0


def written(value: int, form: str) -> str:
    """Return a count in one of Word's formats.

    >>> written(4, "lowerLetter"), written(4, "upperRoman"), written(4, "decimal")
    ('d', 'IV', '4')
    """
    if form in ("lowerLetter", "upperLetter"):
        letter = LETTERS[(value - 1) % 26] * min((value - 1) // 26 + 1, 4)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < value < 90:
        return to_roman(value) if form == "upperRoman" else to_roman(value).lower()
    return f"{value:02d}" if form == "decimalZero" else str(value)


def _own(properties) -> tuple[str | None, int | None]:
    numbered = properties.find(qn("w:numPr")) if properties is not None else None
    if numbered is None:
        return None, None
    key, level = numbered.find(qn("w:numId")), numbered.find(qn("w:ilvl"))
    return key.get(VALUE) if key is not None else None, _whole(level.get(VALUE), 0) if level is not None else None


def _level(level) -> tuple[str, str, int]:
    form, text, start = (level.find(qn(name)) for name in ("w:numFmt", "w:lvlText", "w:start"))
    return (
        form.get(VALUE) if form is not None else "decimal",
        (text.get(VALUE) or "") if text is not None else "",
        _whole(start.get(VALUE), 1) if start is not None else 1,
    )


def _number(element, name: str) -> int:
    return _whole(element.get(qn(name)), 0)


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else default
