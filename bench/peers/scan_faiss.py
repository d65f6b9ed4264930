"""Top-k inner products by faiss (IndexFlatIP) and numpy, one thread, on vectors that the benchmark wrote. Prints one line of JSON.

usage: scan_faiss.py ROWS.f32 QUERIES.f32 DIMENSIONS K
"""
import json
import sys
import time

import faiss
import numpy as np

rows_file, queries_file, dimensions, k = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
faiss.omp_set_num_threads(1)
rows = np.fromfile(rows_file, dtype=np.float32).reshape(-1, dimensions)
queries = np.fromfile(queries_file, dtype=np.float32).reshape(-1, dimensions)
index = faiss.IndexFlatIP(dimensions)
index.add(rows)


def timed(call):
    wall, cpu = [], []
    for q in queries:
        w, c = time.perf_counter(), time.thread_time()
        call(q)
        wall.append(time.perf_counter() - w)
        cpu.append(time.thread_time() - c)
    return {"wall_ms": 1e3 * float(np.median(wall)), "cpu_ms": 1e3 * float(np.median(cpu))}


def by_numpy(q):
    scores = rows @ q
    best = np.argpartition(scores, len(scores) - k)[-k:]
    return best[np.argsort(-scores[best])]


def batch():
    w, c = time.perf_counter(), time.thread_time()
    index.search(queries, k)
    return {"wall_ms": 1e3 * (time.perf_counter() - w) / len(queries), "cpu_ms": 1e3 * (time.thread_time() - c) / len(queries)}


timed(lambda q: index.search(q[None], k))
print(json.dumps({
    "faiss": timed(lambda q: index.search(q[None], k)),
    "numpy": timed(by_numpy),
    "faiss_batch": batch(),
    "best": index.search(queries, k)[1].tolist(),
    "version": faiss.__version__,
}))
