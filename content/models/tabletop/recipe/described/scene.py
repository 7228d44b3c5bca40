"""What described.pov placed in its pictures, read from its label files."""

from dataclasses import dataclass
from pathlib import Path

import torch

import above
from frames import class_names, frame_path, read_image

# The kinds of table of room.inc, in its order.
TABLES = ["wooden table"] * 3 + ["stone table"] * 2 + ["plain cloth"] * 2 + ["striped cloth", "checkered cloth"]

# The flat colour of each object in the mask pictures, in the order of the label file.
MASK_COLOURS = ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (0, 255, 255))


@dataclass(frozen=True)
class Thing:
    """One object: its class, its colour (None where it has no one colour), and its box in shares of the picture."""

    name: str
    colour: str | None
    box: tuple

    @property
    def across(self):
        """The middle of its box, from 0 at the left to 1 at the right."""
        return (self.box[0] + self.box[2]) / 2


@dataclass(frozen=True)
class Scene:
    number: int
    table: str
    things: tuple

    def kinds(self):
        """{class: the places of its objects in `things`}, in the order of labels.txt."""
        found = {}
        for name in class_names():
            places = [place for place, thing in enumerate(self.things) if thing.name == name]
            if places:
                found[name] = places
        return found


def read_scenes(folder):
    """All scenes of a folder whose frames exist, in the order of their numbers."""
    names = class_names()
    scenes = {}
    for path in Path(folder).glob("placed-*.txt"):
        for line in path.read_text().splitlines():
            number, table, *rest = line.split()
            things = tuple(
                Thing(names[int(rest[i])], None if rest[i + 1] == "-" else rest[i + 1], tuple(map(float, rest[i + 2 : i + 6])))
                for i in range(0, len(rest), 6)
            )
            if things and frame_path(folder, number).exists():
                scenes[int(number)] = Scene(int(number), TABLES[int(table)], things)
    return [scenes[number] for number in sorted(scenes)]


def read_pictures(folder, scenes):
    """uint8 [N, 3, 128, 128]."""
    pictures = torch.empty(len(scenes), 3, 128, 128, dtype=torch.uint8)
    for row, scene in zip(pictures, scenes):
        row.copy_(torch.from_numpy(read_image(frame_path(folder, scene.number)).copy()).permute(2, 0, 1))
    return pictures


def masks(folder, scene):
    """For each thing of a scene, whether a pixel shows it: bool [128, 128]."""
    picture = read_image(frame_path(f"{folder}-masks", scene.number))
    return [(picture == colour).all(2) for colour, _ in zip(MASK_COLOURS, scene.things)]
