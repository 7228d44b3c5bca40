"""How a network reads a picture before words come in."""

import torch
from torch import nn
from torch.nn import functional as F

import above
from export import load
from network import tabletop

MAPS = 96
# Last maps of tabletop, maps of its middle, the picture itself.
LOOK = 128 + 48 + 3


class Look(nn.Module):
    """The convolutions of `tabletop`, to begin with: image [N, 3, 128, 128] to [N, 179, 16, 16].

    Beside their last maps, which were trained to tell kinds apart in any colour, stand those of their middle and the picture
    itself at that size, so that colours are not lost.
    """

    def __init__(self, start=None):
        super().__init__()
        self.features = (load(start) if start else tabletop(1, normalized=False)).features

    def forward(self, image):
        x, middle = image, None
        for name, layer in self.features.named_children():
            x = layer(x)
            middle = x if name == "pool2" else middle
        return torch.cat([x, middle, F.avg_pool2d(image, 8)], 1)


class Reading(nn.Module):
    """What is learned of the picture: a look, [N, 179, 16, 16], to maps [N, 96, 16, 16]."""

    def __init__(self):
        super().__init__()
        self.conv9 = nn.Conv2d(LOOK, MAPS, 3, padding=1)
        self.relu9 = nn.ReLU()

    def forward(self, look):
        return self.relu9(self.conv9(look))


class Grid(nn.Module):
    """Appends to the maps two that tell each place where it is: -1 at the left and the top, 1 at the right and the bottom."""

    def __init__(self, size=16):
        super().__init__()
        line = torch.linspace(-1, 1, size)
        self.register_buffer("places", torch.stack(torch.meshgrid(line, line, indexing="xy"))[None], persistent=False)

    @property
    def across(self):
        """How far each place is to the right, row by row, in places from the middle."""
        return self.places[0, 0].flatten() * (self.places.shape[3] - 1) / 2

    def forward(self, maps):
        places = self.places if maps.shape[0] == 1 else self.places.expand(maps.shape[0], -1, -1, -1)
        return torch.cat([maps, places], 1)
