"""One epoch of SASRec with full cross-entropy in torch: the shape of pmixer/SASRec.pytorch (model.py), written anew.

Reads one user per line, items 1..N separated by blanks, oldest first. Prints one JSON line: seconds per batch and batches per epoch.
"""
import argparse
import json
import time

import torch
from torch import nn


class SasRec(nn.Module):
    def __init__(self, items, width, length, blocks, dropout):
        super().__init__()
        self.items = nn.Embedding(items + 1, width, padding_idx=0)
        self.positions = nn.Embedding(length, width)
        self.dropout = nn.Dropout(dropout)
        self.blocks = nn.ModuleList()
        for _ in range(blocks):
            self.blocks.append(nn.ModuleDict({
                "attention_norm": nn.LayerNorm(width, eps=1e-8),
                "attention": nn.MultiheadAttention(width, 1, dropout, batch_first=True),
                "forward_norm": nn.LayerNorm(width, eps=1e-8),
                "expand": nn.Linear(width, width),
                "contract": nn.Linear(width, width),
            }))
        self.norm = nn.LayerNorm(width, eps=1e-8)
        self.register_buffer("later", torch.triu(torch.ones(length, length, dtype=torch.bool), 1))

    def forward(self, batch):
        present = (batch != 0).unsqueeze(-1)
        x = self.items(batch) * self.items.embedding_dim ** 0.5 + self.positions.weight
        x = self.dropout(x) * present
        for block in self.blocks:
            queries = block["attention_norm"](x)
            mixed, _ = block["attention"](queries, x, x, attn_mask=self.later, need_weights=False)
            x = queries + mixed
            x = block["forward_norm"](x)
            x = x + self.dropout(block["contract"](self.dropout(torch.relu(block["expand"](x)))))
            x = x * present
        return self.norm(x)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("sequences")
    parser.add_argument("--width", type=int, default=64)
    parser.add_argument("--length", type=int, default=200)
    parser.add_argument("--blocks", type=int, default=2)
    parser.add_argument("--dropout", type=float, default=0.2)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--batches", type=int, default=6, help="batches that are timed, after one that is not")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--all-positions", action="store_true", help="logits at padded positions too, as in the original's loss")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)

    with open(options.sequences) as lines:
        users = [[int(item) for item in line.split()] for line in lines]
    users = [user for user in users if len(user) > 1]
    items = max(max(user) for user in users)
    order = torch.randperm(len(users)).tolist()
    model = SasRec(items, options.width, options.length, options.blocks, options.dropout)
    for parameter in model.parameters():
        if parameter.dim() > 1:
            nn.init.xavier_normal_(parameter)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, betas=(0.9, 0.98))
    model.train()

    def step(first):
        inputs = torch.zeros(options.batch, options.length, dtype=torch.long)
        targets = torch.zeros(options.batch, options.length, dtype=torch.long)
        for row in range(options.batch):
            user = users[order[(first + row) % len(users)]][-options.length - 1:]
            inputs[row, options.length - len(user) + 1:] = torch.tensor(user[:-1])
            targets[row, options.length - len(user) + 1:] = torch.tensor(user[1:])
        states = model(inputs)
        if options.all_positions:
            logits = (states @ model.items.weight.T).reshape(-1, items + 1)
            loss = nn.functional.cross_entropy(logits, targets.reshape(-1), ignore_index=0)
        else:
            present = targets != 0
            loss = nn.functional.cross_entropy(states[present] @ model.items.weight.T, targets[present])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        return loss.item()

    step(0)
    started, cpu = time.perf_counter(), time.process_time()
    for batch in range(options.batches):
        loss = step((batch + 1) * options.batch)
    seconds = (time.perf_counter() - started) / options.batches
    print(json.dumps({
        "version": torch.__version__,
        "seconds_per_batch": seconds,
        "cpu_seconds_per_batch": (time.process_time() - cpu) / options.batches,
        "batches_per_epoch": -(-len(users) // options.batch),
        "loss": loss,
    }))


if __name__ == "__main__":
    main()
