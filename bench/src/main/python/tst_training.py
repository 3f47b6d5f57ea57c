"""The small TST in plain PyTorch, trained on random windows: prints samples a second.

Usage: tst_training.py BARS FEATURES WIDTH HEADS INNER LAYERS BATCH STEPS THREADS
"""

import sys
import time

import torch
from torch import nn

bars, features, width, heads, inner, layers, batch, steps, threads = map(int, sys.argv[1:])
torch.set_num_threads(threads)
torch.manual_seed(1)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.projection = nn.Linear(features, width)
        self.positions = nn.Parameter(0.02 * torch.randn(bars, width))
        layer = nn.TransformerEncoderLayer(width, heads, inner, dropout=0.1, batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, layers, enable_nested_tensor=False)
        self.head = nn.Linear(width, 3)

    def forward(self, windows):
        encoded = self.encoder(self.projection(windows) + self.positions)
        return self.head(encoded[:, -1])


network = Network()
optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
loss_of = nn.CrossEntropyLoss(weight=torch.tensor([1.2, 0.7, 1.2]))
samples = torch.randn(20_000, bars, features)
outcomes = torch.randint(0, 3, (20_000,))

warm_up = steps // 4
begun = 0.0
for step in range(warm_up + steps):
    if step == warm_up:
        begun = time.perf_counter()
    rows = torch.randint(0, 20_000, (batch,))
    optimizer.zero_grad()
    loss = loss_of(network(samples[rows]), outcomes[rows])
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
print(f"{batch * steps / (time.perf_counter() - begun):.1f} {torch.__version__}")
