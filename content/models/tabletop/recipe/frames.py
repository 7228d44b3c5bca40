"""Reading rendered frames and their labels."""

from pathlib import Path

import numpy
import torch
from PIL import Image

LABELS = Path(__file__).resolve().parent.parent / "labels.txt"


def class_names():
    return LABELS.read_text().split("\n")[:-1]


def read_labels(folder):
    """{frame number: (checkered, [class, …])} from all label files of a folder, in frame order."""
    labels = {}
    for path in sorted(Path(folder).glob("labels-*.txt")):
        for line in path.read_text().splitlines():
            number, checkered, *classes = map(int, line.split())
            if classes and frame_path(folder, number).exists():
                labels[number] = (bool(checkered), classes)
    return dict(sorted(labels.items()))


def frame_path(folder, number):
    return Path(folder) / f"frame{number}.png"


def read_image(path):
    """A picture as uint8 [H, W, 3]."""
    return numpy.asarray(Image.open(path).convert("RGB"))


def read_frames(folders):
    """All frames of some folders; of a frame that several folders hold, the last one counts.

    Returns pictures, uint8 [N, 3, H, W], and targets, float [N, classes]: each row spreads
    the probability 1 evenly over the classes that are in the picture.
    """
    chosen = {}
    for folder in folders:
        for number, (_, classes) in read_labels(folder).items():
            chosen[number] = (frame_path(folder, number), classes)
    chosen = dict(sorted(chosen.items()))
    pictures = torch.from_numpy(numpy.stack([read_image(path) for path, _ in chosen.values()]))
    targets = torch.zeros(len(chosen), len(class_names()))
    for row, (_, classes) in zip(targets, chosen.values()):
        row[classes] = 1 / len(classes)
    return pictures.permute(0, 3, 1, 2).contiguous(), targets
