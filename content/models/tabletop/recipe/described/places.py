"""Where things are in maps: what a training may tell a network that is to look at the right place."""

import torch

from scene import class_names
from words import COLOURS

# Things in a picture, at most.
MOST = 5


class Places:
    """The boxes of each picture's things, [N, 5, 4] in shares of the picture, their kinds and colours, [N, 5], -1 for none."""

    def __init__(self, scenes, device):
        names = class_names()
        self.boxes = torch.zeros(len(scenes), MOST, 4)
        self.kinds = torch.full((len(scenes), MOST), -1)
        self.colours = torch.full((len(scenes), MOST), -1)
        for row, scene in enumerate(scenes):
            for i, thing in enumerate(scene.things):
                self.boxes[row, i] = torch.tensor(thing.box)
                self.kinds[row, i] = names.index(thing.name)
                # In the middle of a doughnut is a hole.
                if thing.colour and thing.name != "doughnut":
                    self.colours[row, i] = COLOURS.index(thing.colour)
        self.boxes, self.kinds, self.colours = (x.to(device) for x in (self.boxes, self.kinds, self.colours))


def placed(boxes, move):
    """Boxes [N, 5, 4] of pictures that were moved by `moves`."""
    corners = 2 * boxes.view(*boxes.shape[:2], 2, 2) - 1
    size, shift = torch.stack([move[:, 0, 0], move[:, 1, 1]], 1)[:, None, None], move[:, None, None, :, 2]
    corners = ((corners - shift) / size + 1) / 2
    return torch.cat([corners.amin(2), corners.amax(2)], 2)


def middles(boxes, size):
    """The place in maps of size × size, row by row, of the middle of each box: [N, 5]."""
    across, down = ((boxes[..., :2] + boxes[..., 2:]) / 2 * size).long().clamp(0, size - 1).unbind(2)
    return down * size + across


def inside(boxes, size):
    """Whether each place of maps lies in each box, or half of it at least: bool [N, 5, size · size]."""
    centres = (torch.arange(size, device=boxes.device) + 0.5) / size
    left, top, right, bottom = (edge[..., None] for edge in boxes.unbind(2))
    within = lambda low, high: (centres >= low - 0.5 / size) & (centres <= high + 0.5 / size)
    return (within(top, bottom)[..., :, None] & within(left, right)[..., None, :]).flatten(2)
