"""Write the digests of the files in contexts/documents/ into index.json. Run it after adding or editing one."""

import hashlib
import json
from pathlib import Path

from skillmark.credentials.contexts import registry

DOCUMENTS = Path(registry.__file__).parent / "documents"
OURS = {registry.SKILLMARK}


def layout_free_digest(document):
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def pinned(entry):
    """The entry with the digests of its file; only for our own documents are these also the published ones."""
    content = (DOCUMENTS / entry["file"]).read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    published = sha256 if entry["iri"] in OURS else entry["published"]
    return {**entry, "sha256": sha256, "json": layout_free_digest(json.loads(content)), "published": published}


def main():
    index = DOCUMENTS / "index.json"
    entries = [pinned(entry) for entry in json.loads(index.read_bytes())]
    index.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
