"""How many questions about held-out scenes a network answers rightly, by kind of question.

    python evaluate_answers.py --model ../../../tabletop-answers/model.onnx --data DATA [--blind]

--blind shows the network grey in place of the picture, as train_answers.py does.
"""

import argparse
import random
from pathlib import Path

import numpy

from exporting import session
from questions import ANSWERS, LENGTH, asked, vocabulary
from scene import read_pictures, read_scenes
from training import normalised

PER_SCENE = 8


def held_out_questions(scene):
    """The same questions each time."""
    return asked(scene, random.Random(scene.number), PER_SCENE)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--blind", action="store_true")
    options = parser.parse_args()
    network, words = session(options.model), vocabulary()
    scenes = read_scenes(options.data / "described-test")
    right = {}
    for scene, picture in zip(scenes, read_pictures(options.data / "described-test", scenes)):
        image = normalised(picture[None]).numpy()
        if options.blind:
            image = numpy.zeros_like(image)
        for question in held_out_questions(scene):
            text = numpy.array([words.encoded(question.text, LENGTH)])
            logits = network.run(None, {"image": image, "question": text})[0][0]
            right.setdefault(question.kind, []).append(ANSWERS[logits.argmax()] == question.answer)
    every = sum(right.values(), [])
    print(f"all: {100 * numpy.mean(every):.1f} % of {len(every)} questions about {len(scenes)} pictures")
    for kind, answers in right.items():
        print(f"  {kind}: {100 * numpy.mean(answers):.1f} % of {len(answers)}")


if __name__ == "__main__":
    main()
