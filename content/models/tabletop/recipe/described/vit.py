"""A small vision transformer (Dosovitskiy et al. 2021): a class token, 64 patches of 16 × 16 pixels, pre-norm blocks.

It is a hybrid in that paper's sense: a patch is embedded not from its pixels but from the maps of the first four
convolutions that begin as those of `tabletop`. A few thousand pictures do not suffice to learn from pixels.
"""

import torch
from torch import nn
from torch.nn import functional as F

import above
from export import load
from network import tabletop

# Places of the stem's maps across a patch, and patches across the picture.
PATCH, ACROSS = 2, 8
WIDTH = 128
HEADS = 4
DEPTH = 4


def stem(start=None):
    """The first half of `tabletop`, to begin with: image [N, 3, 128, 128] to [N, 48, 16, 16]."""
    layers = (load(start) if start else tabletop(1, normalized=False)).features
    names = [name for name, _ in layers.named_children()]
    return layers[: names.index("pool2") + 1]


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.project = nn.Linear(WIDTH, WIDTH)

    def forward(self, tokens):
        count, length, _ = tokens.shape
        qkv = self.qkv(tokens).reshape(count, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        query, key, value = qkv[0], qkv[1], qkv[2]
        weights = torch.softmax(torch.matmul(query * (WIDTH // HEADS) ** -0.5, key.transpose(2, 3)), dim=3)
        return self.project(torch.matmul(weights, value).transpose(1, 2).reshape(count, length, WIDTH))


class Block(nn.Module):
    def __init__(self, dropped):
        super().__init__()
        self.dropped = dropped
        self.norm1 = nn.LayerNorm(WIDTH)
        self.attention = Attention()
        self.norm2 = nn.LayerNorm(WIDTH)
        self.widen = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrow = nn.Linear(4 * WIDTH, WIDTH)

    def kept(self, change):
        """In training, each picture passes a branch by with a small probability (stochastic depth)."""
        if not self.training or self.dropped == 0:
            return change
        keep = torch.rand(change.shape[0], 1, 1, device=change.device) >= self.dropped
        return change * keep / (1 - self.dropped)

    def forward(self, tokens):
        tokens = tokens + self.kept(self.attention(self.norm1(tokens)))
        return tokens + self.kept(self.narrow(F.gelu(self.widen(self.norm2(tokens)))))


class VisionTransformer(nn.Module):
    """Input: image [N, 3, 128, 128]; output: logits [N, classes]."""

    def __init__(self, classes, start=None):
        super().__init__()
        self.stem = stem(start)
        self.patches = nn.Conv2d(48, WIDTH, PATCH, PATCH)
        self.token = nn.Parameter(torch.zeros(1, 1, WIDTH))
        self.places = nn.Parameter(0.02 * torch.randn(1, 1 + ACROSS**2, WIDTH))
        self.blocks = nn.Sequential(*(Block(0.1 * i / (DEPTH - 1)) for i in range(DEPTH)))
        self.norm = nn.LayerNorm(WIDTH)
        self.classifier = nn.Linear(WIDTH, classes)

    def forward(self, image):
        maps = self.stem(image)
        count = maps.shape[0]
        patches = self.patches(maps).reshape(count, WIDTH, -1).transpose(1, 2)
        token = self.token if count == 1 else self.token.expand(count, -1, -1)
        tokens = torch.cat([token, patches], 1) + self.places
        return self.classifier(self.norm(self.blocks(tokens))[:, 0])
