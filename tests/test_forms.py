"""The forms of words that readers recognize: every example has its form, and why is said."""

import re

import pytest

from analysis.document import forms, layout, numbering, steps, text

TABLES = {
    name: table
    for name, table in vars(forms).items()
    if isinstance(table, tuple) and table and isinstance(table[0], forms.Form)
}
FORMS = [forms.PLAIN, *(form for table in TABLES.values() for form in table)]
NUMBERS = (forms.PLAIN, *forms.OTHER_NUMBERS, *forms.UNREAD_NUMBERS)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_an_example_has_its_form(form):
    assert form.why and form.examples
    for example in form.examples:
        assert form.pattern.fullmatch(example), example


@pytest.mark.parametrize("form", NUMBERS, ids=lambda form: form.name)
def test_the_number_of_an_example_is_seven(form):
    assert {int(form.pattern.fullmatch(example)["number"]) for example in form.examples} == {7}


@pytest.mark.parametrize("form", forms.OTHER_NUMBERS, ids=lambda form: form.name)
def test_no_other_form_is_the_plain_one(form):
    """A document with plain numbers has no others, so a form must not be two."""
    assert not any(forms.PLAIN.pattern.fullmatch(example) for example in form.examples)


@pytest.mark.parametrize("words", ["2016 was dry.", "3.2. Boats", "7.5 per cent", "II. Boats"])
def test_what_is_no_number_of_a_paragraph(words):
    assert forms.match(NUMBERS[: 1 + len(forms.OTHER_NUMBERS)], words) == ("", None)


@pytest.mark.parametrize("words", ["A letter", "7. Boats came.", "In 2031", "Rule 44"])
def test_what_is_no_furniture(words):
    assert forms.match(forms.FURNITURE, words) == ("", None)


def test_no_raised_digit_after_a_word_is_kept():
    assert not re.search(forms.NO_MARKS, "a pact² and a strategy³")


RULES = (*steps.HTML, *steps.MARKDOWN, *steps.CLEANING)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_of_normalizing_does_what_its_example_shows(rule):
    before, after = rule.example
    assert rule.why and before != after
    assert rule.pattern.sub(rule.by, before) == after
    assert rule.name in {step.name for step in steps.clean(before)[1]}


def lines_and_places(example):
    """Return the lines of a text, and the places of the numbers 7 and VII."""
    lines = layout.strip(text.lines(example))
    return lines, [at for at, line in enumerate(lines) if re.match(r"7\.|VII\.", line.text)]


@pytest.mark.parametrize("name", numbering.ANY_SIGNS)
def test_a_sign_of_a_number_is_found_in_its_example(name):
    sign = numbering.ANY_SIGNS[name]
    lines, [place] = lines_and_places(sign.example)
    rest = numbering.NUMBER.fullmatch(lines[place].text)["rest"]
    assert sign.why and name in numbering.signs(lines, place, rest)


@pytest.mark.parametrize("name", numbering.NUMBER_SIGNS)
def test_a_sign_of_the_number_of_a_paragraph_is_found_in_its_example(name):
    sign = numbering.NUMBER_SIGNS[name]
    lines, [place] = lines_and_places(sign.example)
    [found] = [each for each in numbering.candidates(lines) if each.place == place]
    assert sign.why and found.title


@pytest.mark.parametrize("name", numbering.ROMAN_SIGNS)
def test_a_sign_of_a_roman_number_is_found_in_its_example(name):
    sign = numbering.ROMAN_SIGNS[name]
    lines, [place] = lines_and_places(sign.example)
    rest = numbering.ROMAN.fullmatch(lines[place].text)["rest"]
    title = numbering.is_title(numbering.block(lines, place))
    assert sign.why and name in numbering.roman_signs(lines, place, rest, title)
