"""What is given away as a Research Object Crate (RO-Crate 1.1)."""

import hashlib
import json
from typing import Any

from analysis import cite

CRATE = "ro-crate-metadata.json"
CRATE_PROFILE = "https://w3id.org/ro/crate/1.1"
MORE_WORDS = {"sha256": "https://schema.org/sha256"}  # the context of 1.1 does not have it
MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "md": "text/markdown",
    "pdf": "application/pdf",
    "sqlite": "application/vnd.sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def crate(contents: dict[str, bytes], about: dict[str, str]) -> bytes:
    """Return the metadata of the files of one folder.

    Parameters
    ----------
    contents : dict
        The files by their name; the ending of each is a key of `MEDIA`.
    about : dict
        What each file is, in words, by its name.
    """
    fields = cite.read()
    root, edition = cite.linked(fields, cite.DATASET), fields["edition"]
    [code] = json.loads(cite.codemeta(fields))["hasPart"]
    licences = [root["license"], code["license"]]
    entities = {f"#author-{place}": each for place, each in enumerate(root.pop("author"), 1)}
    authors = _ids(entities)
    if "publisher" in root:
        entities["#publisher"] = root.pop("publisher")
        root["publisher"] = {"@id": "#publisher"}
    files = {name: _file(name, contents[name], about[name]) for name in sorted(contents)}
    entities |= {each: {"@type": "CreativeWork", "name": each} for each in licences}
    entities |= {
        "#citation": {"@type": "CreativeWork", "name": cite.text(fields, cite.DATASET)},
        "#code": code | {"license": {"@id": code["license"]}},
        "#making": {
            "@type": "CreateAction",
            "name": "The files are made from the data by the code.",
            "instrument": {"@id": "#code"},
            "result": _ids(files),
        },
    }
    root |= {
        "author": authors,
        "license": {"@id": root["license"]},
        "datePublished": edition.iso,
        "creativeWorkStatus": edition.state or "released",  # else the day is that of the data
        "citation": {"@id": "#citation"},
        "mentions": {"@id": "#making"},
        "hasPart": _ids(files),
    }
    del root["@context"]
    head = {"@type": "CreativeWork", "conformsTo": {"@id": CRATE_PROFILE}, "about": {"@id": "./"}}
    graph = {CRATE: head, "./": root, **files, **entities}
    linked = [{"@id": name} | entity for name, entity in graph.items()]
    context = [f"{CRATE_PROFILE}/context", MORE_WORDS]
    return cite.as_json({"@context": context, "@graph": linked}).encode()


def _ids(entities: dict[str, Any]) -> list[dict[str, str]]:
    return [{"@id": name} for name in entities]


def _file(name: str, content: bytes, about: str) -> dict[str, str]:
    return {
        "@type": "File",
        "name": about,
        "encodingFormat": MEDIA[name.rpartition(".")[2]],
        "contentSize": str(len(content)),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
