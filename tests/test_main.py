"""The command line: every command explains itself, and exit codes are 0, 1 and 2."""

import argparse
import errno
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import __main__, changes, check, cite, exchange, export, paths, record, verify

MINI = Path(__file__).parent / "data" / "mini"
SUMMARY = str(MINI / "summary.md")
COMMANDS = {
    "check": {"--data"},
    "verify": {"--data", "--against", "--format", "--jobs", "--citation", "FILE"},
    "beside": {"--out", "--data", "FILE"},
    "start": {"--out", "FILE"},
    "tables": {"--data", "--out", "--force", "--format"},
    "dictionary": {"--data"},
    "sheet": {"--data", "--units", "--seed", "--out", "--force", "DOCUMENT"},
    "join": {"--data", "--label", "--kind", "FILE"},
    "export": {"--data", "--format", "--out", "--force", "FILE"},
    "explain": {"NAME"},
    "what-if": {"--set", "--without", "--reader", "--data"},
    "cite": {"--format", "NAME"},
    "changes": {"--format", "OLD", "NEW"},
}
FORMATS = {"verify": verify.PRINTERS, "tables": export.FORMATS, "cite": cite.STYLES}
FORMATS |= {"export": exchange.FILES, "changes": changes.WRITERS}


def subparsers():
    actions = __main__.parser()._actions
    return next(
        action.choices for action in actions if isinstance(action, argparse._SubParsersAction)
    )


def shown(capsys, *arguments):
    with pytest.raises(SystemExit) as end:
        __main__.main([*arguments])
    assert end.value.code == 0
    return capsys.readouterr().out


# --- help -----------------------------------------------------------------------------------------


def test_these_are_all_the_commands():
    assert set(subparsers()) == set(COMMANDS)


def test_help_lists_every_command_and_the_exit_codes(capsys):
    text = shown(capsys, "--help")
    assert [command for command in COMMANDS if f"\n    {command}" not in text] == []
    codes = "Exit codes: 0 if all is clean, 1 if problems were found and printed, 2 if the command"
    codes += " could not run."
    assert codes in " ".join(text.split())


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command_has_every_option(capsys, command):
    text = shown(capsys, command, "--help")
    assert [option for option in COMMANDS[command] if option not in text] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_is(command):
    actions = subparsers()[command]._actions
    assert [action.dest for action in actions if not action.help] == []
    assert {(action.option_strings or [action.metavar])[-1] for action in actions} - {
        "--help"
    } == COMMANDS[command]
    assert subparsers()[command].description


def option(command, name):
    return next(
        action for action in subparsers()[command]._actions if name in action.option_strings
    )


def test_the_formats_offered_are_those_that_can_be_written():
    """They are named in the command line too, so that help waits for no library."""
    assert {name for name, options in COMMANDS.items() if "--format" in options} == set(FORMATS)
    assert {name: option(name, "--format").choices for name in FORMATS} == {
        name: tuple(known) for name, known in FORMATS.items()
    }


# --- exit codes -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["unknown"],
        ["tables", "--format", "ods"],
        ["cite", "--format", "apa"],
        ["check", "x"],
    ],
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
    (mini / "beside.csv").write_text("a\n", encoding="utf-8")
    assert __main__.main(["check", "--data", str(mini)]) == 1
    printed = capsys.readouterr()
    assert printed.out == "beside.csv:1: file that datapackage.json does not describe\n"
    assert printed.err == "1 problem found.\n"


def test_every_problem_is_printed_and_counted(mini, capsys):
    (mini / "sections.csv").unlink()
    assert __main__.main(["check", "--data", str(mini)]) == 1
    printed = capsys.readouterr()
    assert printed.out.startswith("sections.csv:1: file is missing")
    assert printed.err == f"{len(printed.out.splitlines())} problems found.\n"


@pytest.mark.parametrize("command", [["check"], ["tables"], ["dictionary"], ["verify", SUMMARY]])
def test_a_folder_that_is_not_there_is_2(tmp_path, capsys, command):
    assert __main__.main([*command, "--data", str(tmp_path / "nowhere")]) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and len(printed.err.splitlines()) == 1 and "nowhere" in printed.err


@pytest.mark.parametrize("command", [["tables", "--out", "OUT"], ["verify", SUMMARY]])
def test_data_with_problems_cannot_be_used(mini, tmp_path, capsys, command):
    text = (mini / "sections.csv").read_text(encoding="utf-8")
    (mini / "sections.csv").write_text(text.replace("Beginning", ""), encoding="utf-8")
    command = [str(tmp_path / "out") if word == "OUT" else word for word in command]
    assert __main__.main([*command, "--data", str(mini)]) == 2
    assert capsys.readouterr().err.startswith(
        "The data have problems.\nsections.csv:2:label blank cell"
    )
    assert not (tmp_path / "out").exists()


def test_the_module_ends_with_the_exit_code(tmp_path):
    """Once as a reader would call it: in a process of its own."""
    command = [sys.executable, "-m", "analysis", "check", "--data", str(tmp_path)]
    run = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True)
    assert run.returncode == 2
    assert run.stderr.startswith("No data package at ") and "Traceback" not in run.stderr


PATHS = [
    (command, action.option_strings[0] if action.option_strings else None)
    for command, parser in subparsers().items()
    for action in parser._actions
    if action.metavar in ("DIR", "FOLDER", "FILE", "COPY", "DOCUMENT", "OLD", "NEW")
]


def test_every_argument_that_is_a_path_is_checked():
    assert len(PATHS) == 23
    checked = [
        action
        for parser in subparsers().values()
        for action in parser._actions
        if action.type is __main__.path
    ]
    assert len(checked) == len(PATHS)


@pytest.mark.parametrize("given", ["", "-"])
@pytest.mark.parametrize(("command", "name"), PATHS)
def test_a_path_is_not_empty_and_no_stream(command, name, given, capsys):
    """An empty one, as of a variable that is not set, would be the current folder."""
    file = [SUMMARY] * (command in ("verify", "sheet", "join"))
    arguments = [given] if name is None else [f"{name}={given}", *file]
    with pytest.raises(SystemExit) as end:
        __main__.main([command, *arguments])
    assert end.value.code == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    rule = "Must be the path of a file or folder; standard input is not read."
    assert printed.err.endswith(f"Invalid path {given!r}. {rule}\n")


def test_a_file_may_be_called_like_a_stream(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-").write_text("A letter.\n", encoding="utf-8")
    assert __main__.main(["verify", "./-"]) == 2
    assert capsys.readouterr().err.startswith("Invalid file '-': no numbered paragraph")


# --- what is not expected -------------------------------------------------------------------------


def ended(monkeypatch, error):
    """Run a command as a process would, with a fault in it."""

    def broken(_):
        raise error

    monkeypatch.setattr(check, "check", broken)
    monkeypatch.setattr(sys, "argv", ["analysis", "check"])
    return __main__.process()


@pytest.mark.parametrize(
    "error",
    [
        KeyError("x"),
        RuntimeError("two\nlines"),
        AssertionError(),
        MemoryError(),
        RecursionError("deep"),
    ],
)
def test_an_unexpected_error_is_2_in_one_line_that_asks_for_a_report(monkeypatch, capsys, error):
    monkeypatch.delenv(__main__.DEBUG, raising=False)
    assert ended(monkeypatch, error) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and len(printed.err.splitlines()) == 1
    assert (
        printed.err.startswith(f"Unexpected error: {type(error).__name__}")
        and "report it" in printed.err
    )


@pytest.mark.parametrize("error", [KeyError("x"), ValueError("x"), FileNotFoundError("x")])
def test_every_error_has_its_traceback_where_that_is_asked_for(monkeypatch, error):
    monkeypatch.setenv(__main__.DEBUG, "1")
    with pytest.raises(type(error)):
        ended(monkeypatch, error)


def test_an_unexpected_error_is_not_hidden_from_python(monkeypatch):
    monkeypatch.setattr(check, "check", lambda _: {}["x"])
    with pytest.raises(KeyError):
        __main__.main(["check"])


def test_an_interrupted_command_is_130(monkeypatch, capsys):
    assert ended(monkeypatch, KeyboardInterrupt()) == 130
    assert capsys.readouterr().err == "Interrupted.\n"


@pytest.mark.parametrize("buffered", [True, False])
@pytest.mark.parametrize("command", [["--help"], ["check", "--help"], ["cite", "--format", "csl"]])
def test_a_reader_that_leaves_is_no_error(command, buffered):
    """As `head` does. The reader is gone before anything is printed."""
    environment = os.environ | {"PYTHONUNBUFFERED": "" if buffered else "1"}
    run = [sys.executable, "-m", "analysis", *command]
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as closed:
        ended = subprocess.run(
            run, cwd=paths.ROOT, env=environment, stdout=closed, stderr=subprocess.PIPE
        )
    assert ended.stderr == b""
    # argparse itself ignores that help cannot be written, if it learns of it
    assert ended.returncode == (0 if "--help" in command and not buffered else 141)


# --- how fast the commands start ------------------------------------------------------------------

HEAVY = {
    "pandas",
    "numpy",
    "frictionless",
    "matplotlib",
    "sklearn",
    "yaml",
    "tqdm",
    "openpyxl",
    "pypdf",
    "docx",
    "lxml",
}


@pytest.mark.parametrize(
    ("arguments", "needed"),
    [
        (["--help"], set()),
        (["cite"], {"pandas", "numpy", "yaml"}),  # the day of the data
        (["check"], {"pandas", "numpy", "frictionless", "yaml"}),
    ],
)
def test_a_command_imports_only_what_it_needs(arguments, needed):
    code = (
        f"import sys; sys.argv = {['analysis', *arguments]}\nfrom analysis.__main__ import process"
    )
    code += f"\ntry: process()\nfinally: print('imported', *({HEAVY} & set(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=paths.ROOT, capture_output=True, text=True, check=True
    )
    assert set(run.stdout.splitlines()[-1].split()) <= needed | {"imported"}


# --- what the commands do -------------------------------------------------------------------------


def test_every_table_is_written(tmp_path, capsys):
    """In one format: the formats have tests of their own."""
    assert __main__.main(["tables", "--out", str(tmp_path), "--format", "md"]) == 0
    expected = export.tables_of(record.load())
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"{name}.md" for name in expected
    )
    assert capsys.readouterr().out == f"{len(expected)} tables are in {tmp_path}.\n"


def test_tables_of_other_data_are_written_too(mini, tmp_path):
    assert __main__.main(["tables", "--data", str(mini), "--out", str(tmp_path / "out")]) == 0


def test_tables_are_not_written_among_other_files(tmp_path, capsys):
    """A folder that was named by mistake keeps its files, and gets none."""
    other = tmp_path / "notes.txt"
    other.write_text("mine")
    assert __main__.main(["tables", "--out", str(tmp_path)]) == 2
    rule = "Must be a new or empty folder; --force writes into one that is not empty."
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
    assert (mini / "README.md").read_text(encoding="utf-8") == (paths.DATA / "README.md").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize("form", cite.STYLES)
def test_cite_prints_the_format_asked_for(capsys, form):
    assert __main__.main(["cite", "--format", form]) == 0
    assert capsys.readouterr().out.strip() == cite.STYLES[form](cite.read()).strip()


# --- what a machine may refuse ----------------------------------------------------------------


def test_a_file_that_cannot_be_written_whole_stays_as_it_was(mini, monkeypatch, capsys):
    """As on a disk without room: half of a schema would be no schema."""
    before = {path: path.read_bytes() for path in mini.iterdir() if path.is_file()}
    write = Path.write_bytes

    def no_room(path, content):
        write(path, content[: len(content) // 2])
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    monkeypatch.setattr(Path, "write_bytes", no_room)
    assert __main__.main(["dictionary", "--data", str(mini)]) == 2
    told = capsys.readouterr().err
    assert "no space left on device. Give another place, or free it." in told
    assert {path: path.read_bytes() for path in mini.iterdir() if path.is_file()} == before


def test_a_written_file_keeps_a_link_to_it(tmp_path):
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("a.txt")
    paths.write(tmp_path / "link.txt", "new")
    assert (tmp_path / "a.txt").read_text() == "new" and (tmp_path / "link.txt").is_symlink()


def test_a_package_that_is_not_there_is_no_fault_of_ours(monkeypatch, capsys):
    monkeypatch.setattr(__main__, "main", lambda: importlib.import_module("no_such_package"))
    assert __main__.process() == 2
    told = capsys.readouterr().err
    assert told.startswith("The package 'no_such_package' is not in this Python. Run: make book")


def test_a_closed_output_is_no_error():
    command = ["sh", "-c", '"$0" -m analysis cite >&-', sys.executable]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "darwin", reason="its file names are UTF-8")
def test_a_name_that_is_not_utf8_begins_a_whole_folder(tmp_path):
    named = tmp_path / os.fsdecode(b"caf\xe9.md")
    named.write_text("1. Boats came.\n\n2. They left.", encoding="utf-8")
    command = [sys.executable, "-m", "analysis", "start", named, "--out", tmp_path / "begun"]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True)
    assert done.returncode == 0 and (tmp_path / "begun" / "CHECKLIST.md").is_file(), done.stderr


def test_the_advice_on_other_data_names_their_folder(mini, tmp_path, capsys):
    header, *rows = (mini / "statements.csv").read_text(encoding="utf-8").splitlines()
    spoilt = [row.replace(",floor,", ",nobody here,") for row in [*rows, *rows]]
    (mini / "statements.csv").write_text("\n".join([header, *spoilt, ""]), encoding="utf-8")
    assert __main__.main(["tables", "--data", str(mini), "--out", str(tmp_path / "t")]) == 2
    assert f"check --data '{mini}'" in capsys.readouterr().err


@pytest.mark.parametrize("option", [["--format", "json"], ["--against", "README.md"]])
def test_an_option_that_would_be_ignored_is_refused(option, capsys):
    assert __main__.main(["verify", "--citation", "x", *option]) == 2
    assert "--citation takes neither" in capsys.readouterr().err
