"""What is not `make book`: nbconvert, JupyterLab, other data, notebooks that were copied."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.request

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbclient import NotebookClient

from analysis import paths
from analysis.record import dated

RAW = re.compile(r"\{[a-z]+(:[a-z]+)?\}|:::|\]\(#")
FINDINGS = {  # of the landing page: how each begins, and what has its number
    "About half of what was asked for has no counterpart": r"\d+ of \d+ proposals",
    "One recommendation matches no recorded proposal or position": r"18a, 18b, 18c",
    "Several recommendations match something said on the floor alone": r"They are .* of \d+",
    "On some subjects no proposal has a counterpart": r"two proposals or more on each: [a-z]",
    "Most claims could not be tested": r"state \d+ quantities; for \d+",
}


def test_nbconvert_shows_the_findings_with_their_numbers_and_nothing_raw(tmp_path):
    """As a person types it, in an environment without any setting of the Makefile."""
    home = tmp_path / "home"
    home.mkdir()
    bare = {"HOME": str(home), "PATH": os.environ["PATH"]}
    command = [".venv/bin/jupyter", *"nbconvert --execute --to html --output-dir".split()]
    run = subprocess.run(
        [*command, str(tmp_path), "book/index.ipynb"],
        cwd=paths.ROOT, env=bare, capture_output=True, text=True,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert "encryption" not in run.stderr and "WARNING" not in run.stderr.upper(), run.stderr
    page = BeautifulSoup((tmp_path / "index.html").read_text(encoding="utf-8"), "html.parser")
    for code in page.select(".jp-InputArea .highlight, style, script"):
        code.decompose()
    words = " ".join(page.get_text().split())
    assert RAW.findall(words) == []
    for begins, number in FINDINGS.items():
        assert re.search(rf"{begins}.{{0,400}}?{number}", words), begins
    assert dated.told(paths.DATA) in words


def test_a_notebook_that_was_copied_with_its_data_reads_them(tmp_path):
    """Its numbers are those of the copy, and it says so."""
    folder = shutil.copytree(paths.DATA, tmp_path / "data")
    table = folder / "participation.csv"
    row, other = "tip-2024-private,tip-2024,private sector,tip-2024-other,stakeholders,11", "12"
    assert table.read_text(encoding="utf-8").count(row) == 1
    table.write_text(table.read_text(encoding="utf-8").replace(row, row[:-2] + other))
    shutil.copy(paths.ROOT / "book" / "participation.ipynb", tmp_path)
    notebook = nbformat.read(tmp_path / "participation.ipynb", as_version=4)
    place = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, kernel_name="python3", resources=place).execute()
    shown = json.dumps([cell.get("outputs", []) for cell in notebook.cells])
    assert f"private: <b>{other}</b>" in shown
    assert str(folder) in shown
    assert dated.told(paths.DATA).rpartition(" ")[2] not in shown


def test_a_book_of_other_data_is_marked_on_every_page_and_lies_apart(copy, tmp_path):
    other = shutil.copytree(copy.folder / "data", tmp_path / "other data")
    table = other / "statements.csv"
    gist = "Data on child trafficking should be collected better."
    text = table.read_text(encoding="utf-8")
    assert text.count(gist) == 1
    table.write_text(text.replace(gist, gist.replace("Data", "Figures")), encoding="utf-8")
    code = "from analysis import record\nfrom analysis.page import show\ndata = record.load()"
    gists = "show.markdown(list(data.statements.gist), name='gists')"
    copy.write_book(gists=[("markdown", "# Gists"), ("python", code), ("python", gists)])
    copy.succeed(f"make book DATA='{other}'")
    html = copy.folder / "_build/other/html"
    pages = [page for page in html.rglob("*.html") if page.name != "index.html"]
    marked = [page for page in pages if "not the published record" in page.read_text()]
    assert marked == pages != []
    assert "Figures on child trafficking" in (html / "book/gists.html").read_text()
    assert not (copy.folder / "_build/html").exists() and not copy.is_built()
    copy.succeed("make book")
    ours = (copy.folder / "_build/html/book/gists.html").read_text(encoding="utf-8")
    assert "not the published record" not in ours and "Data on child trafficking" in ours


# --- JupyterLab ---------------------------------------------------------------------------------


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(address):
    with urllib.request.urlopen(address, timeout=10) as answer:
        return answer.read().decode()


@pytest.fixture
def lab(tmp_path):
    """JupyterLab as `make lab` starts it, with an empty home, without a browser."""
    home, port = tmp_path / "home", free_port()
    home.mkdir()
    options = f"--no-browser --ServerApp.port={port} --IdentityProvider.token=''"
    if os.getuid() == 0:
        options += " --allow-root"
    process = subprocess.Popen(
        ["make", "lab", f"ARGS={options}"],
        cwd=paths.ROOT, env={"HOME": str(home), "PATH": os.environ["PATH"]}, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    for _ in range(120):
        try:
            get(f"{address}/api")
            break
        except OSError:
            time.sleep(0.5)
    yield address, home, process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def test_lab_opens_at_the_root_writes_nothing_outside_and_asks_nothing(lab):
    address, home, process = lab
    names = {each["name"] for each in json.loads(get(f"{address}/api/contents"))["content"]}
    assert {"analysis", "book", "data"} <= names
    page = get(f"{address}/lab")
    [config] = re.findall(
        r'id="jupyter-config-data" type="application/json">(.*?)</script', page, re.S
    )
    disabled = json.loads(config)["disabledExtensions"]
    assert "@jupyterlab/apputils-extension:announcements" in disabled
    assert [kind for kind in json.loads(get(f"{address}/api/kernelspecs"))["kernelspecs"]] == [
        "python3"
    ]
    os.killpg(process.pid, signal.SIGINT)
    printed, _ = process.communicate(timeout=60)
    assert "notebooks had to be cleaned" in printed and "[y/N]" not in printed.replace(
        "(y/[n])", "[y/N]"
    )
    assert list(home.rglob("*")) == []
