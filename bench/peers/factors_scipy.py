"""EASE and one epoch of implicit ALS in numpy and scipy, written from the papers' formulas.

Reads one user per line, items 1..N separated by blanks. Prints one JSON line: seconds of wall clock and of CPU per part.
OPENBLAS_CORETYPE=SKYLAKEX gives OpenBLAS its AVX-512 kernels on processors that it does not know.
"""
import argparse
import json
import time

import numpy as np
import scipy.linalg
import scipy.sparse


class Clock:
    def __enter__(self):
        self.wall, self.cpu = time.perf_counter(), time.process_time()
        return self

    def __exit__(self, *_):
        self.wall, self.cpu = time.perf_counter() - self.wall, time.process_time() - self.cpu


def read(path):
    rows = [np.unique(np.array(line.split(), dtype=np.int64) - 1) for line in open(path) if line.strip()]
    starts = np.cumsum([0] + [len(row) for row in rows])
    columns = np.concatenate(rows)
    return scipy.sparse.csr_matrix((np.ones(len(columns), dtype=np.float32), columns, starts), shape=(len(rows), int(columns.max()) + 1))


def ease(matrix, regularization):
    with Clock() as gram_clock:
        dense = matrix.toarray()
        gram = dense.T @ dense
    gram[np.diag_indices_from(gram)] += regularization * np.sqrt(np.trace(gram) / len(gram))
    with Clock() as inverse_clock:
        factor, info = scipy.linalg.lapack.spotrf(gram, lower=1, overwrite_a=0)
        assert info == 0
        inverse, info = scipy.linalg.lapack.spotri(factor, lower=1)
        assert info == 0
        inverse = np.tril(inverse) + np.tril(inverse, -1).T
    with Clock() as weights_clock:
        weights = -inverse / np.diag(inverse)
        np.fill_diagonal(weights, 0)
    return gram_clock, inverse_clock, weights_clock


def solve_side(matrix, others, unobserved, regularization):
    gram = unobserved * (others.T @ others)
    own = np.zeros((matrix.shape[0], others.shape[1]), dtype=np.float32)
    for row in range(matrix.shape[0]):
        chosen = others[matrix.indices[matrix.indptr[row]:matrix.indptr[row + 1]]]
        if not len(chosen):
            continue
        system = gram + chosen.T @ chosen
        system[np.diag_indices_from(system)] += regularization * (len(chosen) + unobserved * len(others))
        factor, info = scipy.linalg.lapack.spotrf(system, lower=1, overwrite_a=1)
        assert info == 0
        own[row] = scipy.linalg.lapack.spotrs(factor, chosen.sum(axis=0), lower=1)[0]
    return own


def als(matrix, dimension, unobserved, regularization):
    random = np.random.default_rng(1)
    items = (0.1 / np.sqrt(dimension) * random.standard_normal((matrix.shape[1], dimension))).astype(np.float32)
    by_item = matrix.T.tocsr()
    for _ in range(2):  # the first warms up
        with Clock() as clock:
            users = solve_side(matrix, items, unobserved, regularization)
            items = solve_side(by_item, users, unobserved, regularization)
    return clock


parser = argparse.ArgumentParser()
parser.add_argument("sequences")
parser.add_argument("--regularization", type=float, default=25)
options = parser.parse_args()
matrix = read(options.sequences)
gram, inverse, weights = ease(matrix, options.regularization)
epochs = {f"als_{dimension}": als(matrix, dimension, 0.1, 0.01) for dimension in (64, 128)}
print(json.dumps({name: [clock.wall, clock.cpu] for name, clock in {"gram": gram, "inverse": inverse, "weights": weights, **epochs}.items()}))
