"""A book that is built in steps is the book that is built at once, and no number in it is stale."""

import hashlib
import shutil

import kept_pages

KEPT = f"_build/{kept_pages.KEPT.name}"


def tree(copy):
    """Return the hash of every file of the built book."""
    html = copy.folder / "_build/html"
    files = (path for path in html.rglob("*") if path.is_file())
    return {
        str(path.relative_to(html)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


def executed(copy):
    """Return when each page was executed."""
    return {path.stem: path.stat().st_mtime_ns for path in (copy.folder / KEPT).glob("*.json")}


def edit(copy, file, old, new):
    text = copy.read(file)
    assert text.count(old) == 1, f"{old} is {text.count(old)} times in {file}"
    copy.write(file, text.replace(old, new))


def page(title, *lines):
    """Return the cells of a page that shows something of the record."""
    code = ["from analysis import record, tables", "from analysis.page import figures, show"]
    return [
        ("markdown", f"# {title}"),
        ("python", "\n".join([*code, "data = record.load()", *lines])),
    ]


GISTS = page("Gists", "show.markdown(list(data.statements.gist), name='gists')")
GROUPS = page(
    "Groups",
    "groups = tables.participation(data)",
    "show.figure(figures.participation(groups), name='fig-groups', message='Groups', alt='Bars.')",
)


def test_a_book_built_in_steps_is_the_book_built_at_once(copy):
    """A table, a page and a function change, one after the other."""
    copy.write_book(gists=GISTS, groups=GROUPS)
    copy.succeed("make book")
    first = executed(copy)

    gist = "Data on child trafficking should be collected better."
    edit(copy, "data/statements.csv", gist, gist.replace("Data", "Figures"))
    copy.succeed("make book")
    second = executed(copy)
    assert second["gists"] != first["gists"] and second["groups"] == first["groups"]
    assert "Figures on child trafficking" in copy.read("_build/html/book/gists.html")
    assert "<svg" in copy.read("_build/html/book/groups.html"), "the picture is kept with its page"

    edit(copy, "book/groups.ipynb", "# Groups", "# Who took part")
    copy.succeed("make book")
    third = executed(copy)
    assert third["gists"] == second["gists"] and third["groups"] != second["groups"]

    edit(copy, "analysis/page/figures.py", "height=0.26", "height=0.31")
    copy.succeed("make book")
    fourth = executed(copy)
    assert all(fourth[page] != third[page] for page in ("gists", "groups")), "code counts for all"

    in_steps = tree(copy)
    shutil.rmtree(copy.folder / "_build")
    copy.succeed("make book")
    assert tree(copy) == in_steps
