"""One user's history through a causal transformer in torch, to the scores of all items.

A request is a line of JSON: width, items, length, calls. The answer is the milliseconds of each call.
"""
import json
import sys
import time

import torch
from torch import nn

BLOCKS = 2


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.heads = max(1, width // 64)
        self.before, self.between = nn.LayerNorm(width), nn.LayerNorm(width)
        self.project, self.output = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.expand, self.contract = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x, mask):
        length, width = x.shape
        q, k, v = self.project(self.before(x)).view(length, 3, self.heads, width // self.heads).permute(1, 2, 0, 3)
        weights = torch.softmax(q @ k.transpose(1, 2) / (width // self.heads) ** 0.5 + mask, dim=-1)
        x = x + self.output((weights @ v).transpose(0, 1).reshape(length, width))
        return x + self.contract(torch.relu(self.expand(self.between(x))))


class Network(nn.Module):
    def __init__(self, width, items, length):
        super().__init__()
        self.items, self.positions = nn.Embedding(items, width), nn.Embedding(length, width)
        self.blocks = nn.ModuleList(Block(width) for _ in range(BLOCKS))
        self.last = nn.LayerNorm(width)
        self.register_buffer("mask", torch.triu(torch.full((length, length), float("-inf")), diagonal=1))

    def forward(self, history):
        x = self.items(history) * self.items.embedding_dim ** 0.5 + self.positions.weight
        for block in self.blocks:
            x = block(x, self.mask)
        return self.items.weight @ self.last(x[-1])


def measure(width, items, length, calls):
    network = Network(width, items, length).eval()
    histories = torch.randint(items, (calls, length))
    milliseconds = []
    with torch.inference_mode():
        for _ in range(20):
            network(histories[0])
        for history in histories:
            started = time.perf_counter()
            network(history)
            milliseconds.append(1000 * (time.perf_counter() - started))
    return milliseconds


torch.set_num_threads(1)
for line in sys.stdin:
    print(json.dumps(measure(**json.loads(line))), flush=True)
