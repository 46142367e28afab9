"""Other ways to group near-identical texts, as their own documentation shows them; none is a part of ours."""

from collections.abc import Callable, Iterator
from importlib.util import find_spec

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

Labels = np.typing.NDArray[np.int64]
PERMUTATIONS, BANDS = 128, 64
MINHASH_THRESHOLD, TFIDF_FARTHEST, NEAREST = 0.3, 0.6, 10  # the best on these sets for each
INSTALL = "installera med pip install --require-hashes -r requirements/peers.lock"


def peers() -> dict[str, Callable[[list[str]], Labels]]:
    """Return the ways whose package is installed here."""
    return {name: way for name, (module, way) in KNOWN.items() if find_spec(module)}


def missing() -> list[str]:
    """Return a line for each way that is skipped."""
    return [
        f"{name}: hoppas över, {module} saknas; {INSTALL}"
        for name, (module, _) in KNOWN.items()
        if not find_spec(module)
    ]


def _tokens(text: str) -> list[str]:
    words = text.split()
    return [" ".join(words[at : at + 2]) for at in range(len(words))]


def datasketch_minhash(texts: list[str]) -> Labels:
    """Group by datasketch's MinHash-LSH on pairs of words, candidates checked by their signature."""
    from datasketch import MinHash, MinHashLSH

    def near() -> Iterator[tuple[int, int]]:
        index = MinHashLSH(threshold=MINHASH_THRESHOLD, num_perm=PERMUTATIONS)
        marks = []
        for number, text in enumerate(texts):
            mark = MinHash(num_perm=PERMUTATIONS)
            mark.update_batch([token.encode() for token in _tokens(text)])
            for other in index.query(mark):
                if marks[other].jaccard(mark) >= MINHASH_THRESHOLD:
                    yield other, number
            marks.append(mark)
            index.insert(number, mark)

    return _joined(len(texts), near())


def rensa_minhash(texts: list[str]) -> Labels:
    """Group by rensa's MinHash-LSH (Rust) on pairs of words, candidates checked by their signature."""
    from rensa import RMinHash, RMinHashLSH

    def near() -> Iterator[tuple[int, int]]:
        index = RMinHashLSH(threshold=MINHASH_THRESHOLD, num_perm=PERMUTATIONS, num_bands=BANDS)
        marks = []
        for number, text in enumerate(texts):
            mark = RMinHash(num_perm=PERMUTATIONS, seed=1)
            mark.update(_tokens(text))
            for other in index.query(mark):
                if marks[other].jaccard(mark) >= MINHASH_THRESHOLD:
                    yield other, number
            marks.append(mark)
            index.insert(number, mark)

    return _joined(len(texts), near())


def tfidf(texts: list[str]) -> Labels:
    """Group by cosine between TF-IDF vectors of words, the ten nearest of each."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.neighbors import NearestNeighbors

    matrix = TfidfVectorizer().fit_transform(texts)
    far, near = (
        NearestNeighbors(n_neighbors=NEAREST, metric="cosine").fit(matrix).kneighbors(matrix)
    )
    left, column = np.nonzero(far < TFIDF_FARTHEST)
    return _joined(len(texts), zip(left.tolist(), near[left, column].tolist(), strict=True))


def _joined(count: int, pairs: Iterator[tuple[int, int]]) -> Labels:
    ends = np.array(list(pairs), dtype=np.int64).reshape(-1, 2)
    graph = csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count))
    return connected_components(graph, directed=False)[1].astype(np.int64)


KNOWN: dict[str, tuple[str, Callable[[list[str]], Labels]]] = {
    "MinHash-LSH (datasketch)": ("datasketch", datasketch_minhash),
    "MinHash-LSH (rensa)": ("rensa", rensa_minhash),
    "TF-IDF, tio närmaste": ("sklearn", tfidf),
}
