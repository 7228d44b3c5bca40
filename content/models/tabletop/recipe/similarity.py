"""How much alike the maps of two classes of one picture are, on held-out frames with two objects: their cosine.

    python similarity.py --data DATA --sitegen ../../../../.build/debug/sitegen
"""

import argparse
from pathlib import Path

import numpy

from frames import frame_path, read_labels
from maps import explain

METHODS = ("gradient", "guided-backprop", "grad-cam")


def cosine(a, b):
    """1 means the same, 0 nothing in common; 0 too where one of them is empty."""
    lengths = numpy.linalg.norm(a) * numpy.linalg.norm(b)
    return float((a * b).sum() / lengths) if lengths else 0.0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--sitegen", required=True)
    options = parser.parse_args()
    folder = options.data / "test-2"
    cosines = {method: [] for method in METHODS}
    for number, (_, classes) in read_labels(folder).items():
        if len(classes) != 2:
            continue
        first, second = explain(options.sitegen, frame_path(folder, number), classes, METHODS)
        for method in METHODS:
            cosines[method].append(cosine(first[method], second[method]))
    for method, values in cosines.items():
        print(f"{method}: {numpy.mean(values):.2f} on average over {len(values)} pictures")


if __name__ == "__main__":
    main()
