"""A sheet of held-out frames, one for each class, in the order of labels.txt.

    python examples.py --data DATA --output ../../../images
"""

import argparse
from pathlib import Path

from PIL import Image

from frames import class_names, frame_path, read_labels
from network import SIZE

COLUMNS = 4
GAP = 4


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--output", required=True, type=Path)
    options = parser.parse_args()
    first = {}
    for number, (_, classes) in read_labels(options.data / "test-1").items():
        first.setdefault(classes[0], number)
    rows = -(-len(class_names()) // COLUMNS)
    step = SIZE + GAP
    sheet = Image.new("RGB", (COLUMNS * step - GAP, rows * step - GAP), "white")
    for index in range(len(class_names())):
        frame = Image.open(frame_path(options.data / "test-1", first[index]))
        sheet.paste(frame, (index % COLUMNS * step, index // COLUMNS * step))
    sheet.save(options.output / "tabletop-classes.png", optimize=True)


if __name__ == "__main__":
    main()
