"""Kernels of numpy, scipy and torch for `Kindred.Bench kernels`.

A line of JSON in: {"kernel", "library", "shape", "milliseconds"}. A line out: {"calls", "cpu", "wall"}, seconds per call; calls 0 = the library has no such kernel.
"""
import json
import os
import sys
import time

import numpy
import scipy
import scipy.linalg.blas
import scipy.special
import torch

torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
ready, current = {}, None


def floats(*shape):
    return numpy.random.default_rng(1).random(shape, dtype=numpy.float32) - numpy.float32(0.5)


def product(library, rows, columns, depth, transposes_a, transposes_b):
    a = floats(depth, rows).T if transposes_a else floats(rows, depth)
    b = floats(columns, depth).T if transposes_b else floats(depth, columns)
    c = numpy.empty((rows, columns), numpy.float32)
    if library == "numpy":
        return lambda: numpy.matmul(a, b, out=c)
    a, b, c = (torch.from_numpy(x) for x in (a, b, c))
    return lambda: torch.mm(a, b, out=c)


def dot(library, count):
    x, y = floats(count), floats(count)
    if library == "numpy":
        return lambda: numpy.dot(x, y)
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    return lambda: torch.dot(x, y)


def add_scaled(library, count):
    x, y = floats(count), floats(count)
    if library == "numpy":
        return lambda: scipy.linalg.blas.saxpy(x, y, a=1e-9)
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    return lambda: y.add_(x, alpha=1e-9)


def exponential(library, count):
    x, y = floats(count), floats(count)
    if library == "numpy":
        return lambda: numpy.exp(x, out=y)
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    return lambda: torch.exp(x, out=y)


def relu(library, count):
    x, y = floats(count), floats(count)
    if library == "numpy":
        return lambda: numpy.maximum(x, numpy.float32(0), out=y)
    x = torch.from_numpy(x)
    return lambda: torch.relu(x)


def silu(library, count):
    x = floats(count)
    if library == "numpy":
        return lambda: x * scipy.special.expit(x)
    x = torch.from_numpy(x)
    return lambda: torch.nn.functional.silu(x)


def dropout(library, count):
    x = floats(count)
    if library == "numpy":
        generator = numpy.random.default_rng(1)
        return lambda: x * (generator.random(count, dtype=numpy.float32) >= numpy.float32(0.2)) * numpy.float32(1.25)
    x = torch.from_numpy(x)
    return lambda: torch.nn.functional.dropout(x, 0.2, training=True)


def softmax(library, rows, width):
    x = floats(rows, width)
    if library == "numpy":
        return lambda: scipy.special.softmax(x, axis=1)
    x = torch.from_numpy(x)
    return lambda: torch.softmax(x, 1)


def log_sum_exp(library, rows, width):
    x = floats(rows, width)
    if library == "numpy":
        return lambda: scipy.special.logsumexp(x, axis=1)
    x = torch.from_numpy(x)
    return lambda: torch.logsumexp(x, 1)


def layer_norm(library, rows, width):
    if library == "numpy":
        return None
    x, gain, bias = (torch.from_numpy(f) for f in (floats(rows, width), floats(width), floats(width)))
    return lambda: torch.native_layer_norm(x, [width], gain, bias, 1e-5)


def layer_norm_gradient(library, rows, width):
    if library == "numpy":
        return None
    x, gain, bias, dy = (torch.from_numpy(f) for f in (floats(rows, width), floats(width), floats(width), floats(rows, width)))
    _, mean, inverse = torch.native_layer_norm(x, [width], gain, bias, 1e-5)
    return lambda: torch.ops.aten.native_layer_norm_backward(dy, x, [width], mean, inverse, gain, bias, [True, True, True])


def adam(library, count):
    if library == "numpy":
        return None
    weights = torch.nn.Parameter(torch.from_numpy(floats(count)))
    weights.grad = torch.from_numpy(floats(count))
    return torch.optim.Adam([weights], 1e-3, (0.9, 0.98)).step


def adam_rows(library, rows, width, touched):
    if library == "numpy":
        return None
    weights = torch.nn.Parameter(torch.from_numpy(floats(rows, width)))
    indices = torch.arange(touched).mul(rows // touched).unsqueeze(0)
    weights.grad = torch.sparse_coo_tensor(indices, torch.from_numpy(floats(touched, width)), (rows, width)).coalesce()
    return torch.optim.SparseAdam([weights], 1e-3, (0.9, 0.98)).step


kernels = {
    "product": product, "dot": dot, "addScaled": add_scaled, "exponential": exponential, "relu": relu, "silu": silu, "dropout": dropout,
    "softmax": softmax, "logSumExp": log_sum_exp, "layerNorm": layer_norm, "layerNormGradient": layer_norm_gradient, "adam": adam, "adamRows": adam_rows,
}


def repeat(call, milliseconds):
    cpu, start, calls, batch = time.process_time(), time.perf_counter(), 0, 1
    while time.perf_counter() - start < milliseconds / 1000:
        for _ in range(batch):
            call()
        calls += batch
        batch *= 2
    return {"calls": calls, "cpu": (time.process_time() - cpu) / calls, "wall": (time.perf_counter() - start) / calls}


for line in sys.stdin:
    request = json.loads(line)
    if request["kernel"] == "versions":
        answer = {"text": f"numpy {numpy.__version__}, scipy {scipy.__version__}, torch {torch.__version__}."}
    else:
        case, key = (request["kernel"], *request["shape"]), request["library"]
        if case != current:
            ready.clear()  # the data of one case at a time
            current = case
        if key not in ready:
            ready[key] = kernels[request["kernel"]](request["library"], *request["shape"])
            if ready[key]:
                repeat(ready[key], 100)
        answer = repeat(ready[key], request["milliseconds"]) if ready[key] else {"calls": 0, "cpu": 0, "wall": 0}
    print(json.dumps(answer), flush=True)
