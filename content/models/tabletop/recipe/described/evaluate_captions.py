"""How many held-out scenes a network describes rightly, word by word, each time taking the likeliest next word.

    python evaluate_captions.py --model ../../../tabletop-captions/model.onnx --data DATA
"""

import argparse
from pathlib import Path

import numpy

from captions import END, LENGTH, START, caption, vocabulary
from exporting import session
from scene import class_names, read_pictures, read_scenes
from training import normalised
from words import COLOURS, NUMBERS, plural


def greedy(network, image, words):
    """The caption that the network writes."""
    indices = numpy.zeros((1, LENGTH), numpy.int64)
    indices[0, 0] = words.index[START]
    for step in range(LENGTH):
        best = int(network.run(None, {"image": image, "caption": indices})[0][0, step].argmax())
        if words.words[best] == END or step + 1 == LENGTH:
            return " ".join(words.words[i] for i in indices[0, 1 : step + 1])
        indices[0, step + 1] = best


def told(text):
    """What a caption tells: {class: (number, colour)}, and the table."""
    things, _, table = text.partition(" on ")
    kinds = {}
    for phrase in things.split(" and "):
        number, *rest = phrase.split(" ")
        colour = rest.pop(0) if rest and rest[0] in COLOURS else None
        count = NUMBERS.index(number) if number in NUMBERS else 1
        noun = " ".join(rest)
        kinds[next((name for name in class_names() if noun in (name, plural(name))), noun)] = (count, colour)
    return kinds, table


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--show", type=int, default=0, help="print the first captions")
    options = parser.parse_args()
    network, words = session(options.model), vocabulary()
    scenes = read_scenes(options.data / "described-test")
    named, counted, coloured, tables, exact = [], [], [], [], []
    for row, (scene, picture) in enumerate(zip(scenes, read_pictures(options.data / "described-test", scenes))):
        text = greedy(network, normalised(picture[None]).numpy(), words)
        (kinds, table), (true_kinds, true_table) = told(text), told(caption(scene))
        named.append(kinds.keys() == true_kinds.keys())
        counted.append(named[-1] and all(kinds[k][0] == n for k, (n, _) in true_kinds.items()))
        coloured += [kinds[k][1] == colour for k, (n, colour) in true_kinds.items() if k in kinds and colour]
        tables.append(table == true_table)
        exact.append(text == caption(scene))
        if row < options.show:
            print(f"{scene.number}: {text}" + ("" if exact[-1] else f" [{caption(scene)}]"))
    percent = lambda answers: f"{100 * numpy.mean(answers):.1f} % of {len(answers)}"
    print(f"every kind of object named, and no other: {percent(named)} pictures")
    print(f"and every number right: {percent(counted)}; the table: {percent(tables)}; the whole caption: {percent(exact)}")
    print(f"the colour, where the object is named and has one to tell: {percent(coloured)}")


if __name__ == "__main__":
    main()
