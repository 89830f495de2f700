"""Print digests of the sample page's word vectors: alone, in a batch, in a batch in reverse order.

A process of its own for `test_steady_products`: the kernel of OpenBLAS is chosen when numpy is loaded.
"""

from __future__ import annotations

import hashlib

from spacy.tokens import Doc

from onrecord.samples import sample_page
from onrecord.stages.sentences.load_model import load_model


def digest(groups: list[list[Doc]]) -> str:
    """Return one digest of the vectors of some Docs that are given to the encoder in groups."""
    nlp = load_model(None)
    found = {}
    for group in groups:
        for doc, vectors in zip(group, nlp.get_pipe("tok2vec").model.predict(group), strict=True):
            found[doc.text] = hashlib.sha256(vectors.tobytes()).hexdigest()
    return hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()


if __name__ == "__main__":
    docs = [load_model(None).make_doc(line) for line in sample_page().splitlines() if line.strip()]
    print(digest([[doc] for doc in docs]), digest([docs]), digest([docs[::-1]]))
