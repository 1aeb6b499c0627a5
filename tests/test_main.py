"""The command line: every command explains itself, and exit codes are 0, 1 and 2."""

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import __main__, cite, export, paths, record

MINI = Path(__file__).parent / "data" / "mini"
COMMANDS = {
    "check": {"--data"},
    "verify": {"--data", "--against", "--format", "--jobs", "FILE"},
    "tables": {"--data", "--out", "--force", "--format"},
    "dictionary": {"--data"},
    "cite": {"--data", "--format"},
}


def subparsers():
    actions = __main__.parser()._actions
    return next(action.choices for action in actions if isinstance(action, argparse._SubParsersAction))


def shown(capsys, *arguments):
    with pytest.raises(SystemExit) as end:
        __main__.main([*arguments])
    assert end.value.code == 0
    return capsys.readouterr().out


# --- help ----------------------------------------------------------------------------------------------------------


def test_these_are_all_the_commands():
    assert set(subparsers()) == set(COMMANDS)


def test_help_lists_every_command_and_the_exit_codes(capsys):
    text = shown(capsys, "--help")
    assert [command for command in COMMANDS if f"\n    {command}" not in text] == []
    assert "Exit code 0: clean. 1: problems were found and printed. 2: the command could not run." in " ".join(text.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_has_every_option(capsys, command):
    text = shown(capsys, command, "--help")
    assert [option for option in COMMANDS[command] if option not in text] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_is(command):
    actions = subparsers()[command]._actions
    assert [action.dest for action in actions if not action.help] == []
    assert {(action.option_strings or [action.metavar])[-1] for action in actions} - {"--help"} == COMMANDS[command]
    assert subparsers()[command].description


# --- exit codes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [[], ["unknown"], ["verify"], ["tables", "--format", "ods"], ["cite", "--format", "apa"], ["check", "x"]]
)
def test_a_wrong_call_is_2_with_the_usage(capsys, arguments):
    with pytest.raises(SystemExit) as end:
        __main__.main(arguments)
    assert end.value.code == 2
    assert capsys.readouterr().err.startswith("usage: python -m analysis")


def test_clean_data_are_0(mini, capsys):
    assert __main__.main(["check", "--data", str(mini)]) == 0
    assert capsys.readouterr().out.endswith(" tables are clean.\n")


def test_data_with_a_problem_are_1(mini, capsys):
    (mini / "sections.csv").unlink()
    assert __main__.main(["check", "--data", str(mini)]) == 1
    assert capsys.readouterr().err == "1 problem found.\n"


@pytest.mark.parametrize("command", [["check"], ["tables"], ["dictionary"], ["verify", str(MINI / "summary.md")]])
def test_a_folder_that_is_not_there_is_2(tmp_path, capsys, command):
    assert __main__.main([*command, "--data", str(tmp_path / "nowhere")]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and len(printed.err.splitlines()) == 1 and "nowhere" in printed.err


@pytest.mark.parametrize("command", [["tables", "--out", "OUT"], ["verify", str(MINI / "summary.md")]])
def test_data_with_problems_cannot_be_used(mini, tmp_path, capsys, command):
    (mini / "sections.csv").write_text("number,label\nI,\n")
    command = [str(tmp_path / "out") if word == "OUT" else word for word in command]
    assert __main__.main([*command, "--data", str(mini)]) == 2
    assert capsys.readouterr().err.startswith("The data have problems.\nsections.csv:2:label blank cell")
    assert not (tmp_path / "out").exists()


def test_the_module_ends_with_the_exit_code(tmp_path):
    """Once as a reader would call it: in a process of its own."""
    command = [sys.executable, "-m", "analysis", "check", "--data", str(tmp_path)]
    run = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True)
    assert run.returncode == 2
    assert run.stderr.startswith("No data package at ") and "Traceback" not in run.stderr


# --- what the commands do ------------------------------------------------------------------------------------------


def test_every_table_is_written(tmp_path, capsys):
    """In one format: the formats have tests of their own."""
    assert __main__.main(["tables", "--out", str(tmp_path), "--format", "md"]) == 0
    expected = export.tables_of(record.load())
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{name}.md" for name in expected)
    assert capsys.readouterr().out == f"{len(expected)} tables are in {tmp_path}.\n"


def test_tables_of_other_data_are_written_too(mini, tmp_path):
    assert __main__.main(["tables", "--data", str(mini), "--out", str(tmp_path / "out")]) == 0


def test_tables_are_not_written_among_other_files(tmp_path, capsys):
    """A folder that was named by mistake keeps its files, and gets none."""
    other = tmp_path / "notes.txt"
    other.write_text("mine")
    assert __main__.main(["tables", "--out", str(tmp_path)]) == 2
    rule = "Must be a new or empty folder; --force writes into this one."
    assert capsys.readouterr().err == f"Invalid --out '{tmp_path}'. {rule}\n"
    assert list(tmp_path.iterdir()) == [other] and other.read_text() == "mine"


def test_a_file_is_no_folder_for_tables(tmp_path, capsys):
    other = tmp_path / "notes.txt"
    other.write_text("mine")
    assert __main__.main(["tables", "--out", str(other)]) == 2
    assert capsys.readouterr().err.startswith(f"Invalid --out '{other}'. Must be a new or empty")
    assert __main__.main(["tables", "--out", str(other), "--force"]) == 2
    assert other.read_text() == "mine"


def test_tables_are_written_among_other_files_when_forced(mini, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    (out / "verbs.csv").write_text("old")
    assert __main__.main(["tables", "--data", str(mini), "--out", str(out), "--force"]) == 0
    assert (out / "notes.txt").read_text() == "mine"
    assert (out / "verbs.csv").read_text().startswith("first_verb,")


def test_the_dictionary_is_written_into_the_data_folder(mini, capsys):
    assert __main__.main(["dictionary", "--data", str(mini)]) == 0
    assert (mini / "README.md").read_text(encoding="utf-8") == (paths.DATA / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", cite.FORMATS)
def test_cite_prints_the_format_asked_for(capsys, form):
    assert __main__.main(["cite", "--format", form]) == 0
    assert capsys.readouterr().out.strip() == cite.FORMATS[form](cite.read()).strip()
