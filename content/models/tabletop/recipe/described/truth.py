"""Writes truth.csv for `sitegen evaluate`: what is where in held-out scenes, by the masks.

    python truth.py DATA/described-test
"""

import csv
import sys
from pathlib import Path

import above
from frames import frame_path
from scene import MASK_COLOURS, masks, read_scenes


def main():
    folder = Path(sys.argv[1])
    with open(folder / "truth.csv", "w", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["file", "class", "mask"])
        for scene in read_scenes(folder):
            for thing, colour, mask in zip(scene.things, MASK_COLOURS, masks(folder, scene)):
                # A thing may be hidden by others.
                if mask.any():
                    place = frame_path(f"../{folder.name}-masks", scene.number)
                    rows.writerow([frame_path("", scene.number), thing.name, f"{place}#" + "%02x%02x%02x" % colour])


if __name__ == "__main__":
    main()
