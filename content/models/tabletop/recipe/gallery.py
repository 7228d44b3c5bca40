"""Renders the gallery pictures, scenes/gallery/*.pov, and prints the true box of each object.

    python gallery.py --output ../../../images [NAME …]

Boxes are [x, y, width, height] in image pixels, in the order in which the scene places its objects.
"""

import argparse
import subprocess
import tempfile
from pathlib import Path

import numpy
from PIL import Image

SCENES = Path(__file__).resolve().parent / "scenes"
SIZE = 768
MASK_COLOURS = (
    (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (0, 255, 255), (255, 0, 255), (255, 255, 255),
)


def render(name, path, *options):
    """Renders one scene to a PNG and returns it, uint8 [SIZE, SIZE, 3]."""
    command = [
        "povray", f"+I{SCENES}/gallery/{name}.pov", f"+L{SCENES}", f"+O{path}", f"+W{SIZE}", f"+H{SIZE}",
        "-D", "-V", "-GA", "+WT1", *options,
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return numpy.asarray(Image.open(path).convert("RGB"))


def true_boxes(mask):
    """The box of each object in a mask picture."""
    for colour in MASK_COLOURS:
        rows, columns = numpy.nonzero((mask == colour).all(2))
        if len(rows):
            left, top = int(columns.min()), int(rows.min())
            yield [left, top, int(columns.max()) + 1 - left, int(rows.max()) + 1 - top]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--output", required=True, type=Path)
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    names = options.names or sorted(path.stem for path in (SCENES / "gallery").glob("*.pov"))
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            picture = render(name, f"{folder}/{name}.png", "+A0.2", "+AM2", "+R2")
            Image.fromarray(picture).save(options.output / f"{name}.jpg", quality=90, subsampling=0, optimize=True)
            mask = render(name, f"{folder}/{name}-mask.png", "-A", "Declare=Masks=1")
            print(name, *true_boxes(mask), flush=True)


if __name__ == "__main__":
    main()
