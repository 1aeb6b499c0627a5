"""The codebook is data: every value that a column may have is defined, in one order, and used."""

import pytest

from analysis import paths, record, tables
from analysis.record import readings

FIELDS = [
    (f"{table['name']}.{field['name']}", field)
    for table in record.schema()["resources"]
    for field in table["schema"]["fields"]
]
LISTED = [(name, field) for name, field in FIELDS if "codes" in field]
# Lists of numbers: the columns that hold them are integers, with a lowest and a highest value.
NUMBERS = {"action_category"}
# The items of a declaration on the use of language models: what each must answer.
ITEMS = "A.1 A.2 B.1 B.2 B.3 B.4 B.5 C.1 C.2 D.1 E.1 E.2 F.1 G.1".split()


@pytest.fixture(scope="module")
def lists(shipped):
    """The values of each list, in order."""
    rows = shipped.codes.sort_values(["list", "order"])
    return {name: list(part.value) for name, part in rows.groupby("list")}


def ids(value):
    return value if isinstance(value, str) else ""


def test_every_column_with_a_choice_of_values_names_their_list():
    choices = [name for name, field in FIELDS if "enum" in field.get("constraints", {})]
    assert choices and set(choices) <= {name for name, _ in LISTED}


@pytest.mark.parametrize(("name", "field"), LISTED, ids=ids)
def test_every_value_of_a_column_is_defined_in_the_order_of_its_list(name, field, lists):
    rules, defined = field["constraints"], lists[field["codes"]]
    if field["codes"] in NUMBERS:
        bounds = range(rules["minimum"], rules["maximum"] + 1)
        assert field["type"] == "integer" and list(map(str, bounds)) == defined
    else:
        assert rules["enum"] == [value for value in defined if value in rules["enum"]]


def test_every_list_is_used_by_some_column(lists):
    used = {field["codes"] for _, field in LISTED}
    assert set(lists) == used and used >= NUMBERS


def test_every_value_of_a_list_is_allowed_in_some_column(lists):
    """Except `none`: for want of a link there is no row."""
    allowed = {
        (field["codes"], value)
        for _, field in LISTED
        for value in field["constraints"].get("enum", [])
    }
    known = {(name, value) for name, values in lists.items() for value in values}
    assert {each for each in known - allowed if each[0] not in NUMBERS} == {("level", "none")}


def test_the_values_of_a_list_are_numbered_from_one(shipped):
    orders = shipped.codes.groupby("list").order.agg(list)
    assert [
        list_ for list_, numbers in orders.items() if numbers != [*range(1, len(numbers) + 1)]
    ] == []


def test_every_value_has_a_label_and_a_definition(shipped):
    assert (shipped.codes[["label", "definition"]] != "").all(axis=None)
    assert shipped.codes.definition.str.endswith(".").all()
    labels = shipped.codes.groupby("list").label
    assert (labels.nunique() == labels.size()).all()


def test_everything_that_readers_code_has_a_label_and_a_rule(shipped, lists):
    coded = {name for names in readings.UNITS.values() for name in names}
    coded |= {*readings.DIVIDED, *readings.LINKED}
    assert set(shipped.readings.variable) | set(shipped.settled.variable) <= coded
    assert coded == set(lists["variable"])
    by_unit = {"claim_kind", "claim_unit"}  # their lists and columns say it all
    assert set(shipped.coding_rules.variable) >= coded - by_unit


def test_rules_of_a_variable_are_numbered_from_one(shipped):
    numbers = shipped.coding_rules.groupby("variable").number.agg(list)
    assert [name for name, row in numbers.items() if row != [*range(1, len(row) + 1)]] == []


def test_versions_of_the_codebook_run_on(shipped):
    books = shipped.codebook_versions
    assert list(books.version) == [str(number) for number in range(1, len(books) + 1)]
    assert books.date.is_monotonic_increasing
    assert set(shipped.settled.codebook) <= set(books.version)


def test_the_tables_of_the_codebook_hold_every_value_and_rule(shipped):
    assert list(tables.codes(shipped).value) == list(shipped.codes.value)
    rules = tables.coding_rules(shipped)
    assert list(rules.rule) == list(shipped.coding_rules.rule) and (rules.variable != "").all()


# --- what is declared of how the record was made --------------------------------------------------


def test_every_item_of_the_declaration_is_there_and_answered(shipped):
    rows = tables.declaration(shipped)
    assert [item for item in rows.item if not item.startswith("H")] == ITEMS and len(ITEMS) == 14
    assert (rows[["subject", "question", "answer"]] != "").all(axis=None)
    assert rows.question.str.endswith("?").all() and rows.answer.str.endswith(".").all()


def test_the_files_that_the_declaration_names_are_there(shipped):
    named = [name for files in shipped.declaration.file for name in files.split()]
    assert named and [name for name in named if not (paths.ROOT / name).is_file()] == []
