"""The pointing game by answer and by word, with the maps of sitegen itself, on held-out scenes known to the pixel.

    python pointing_game.py answers --data DATA --sitegen ../../../../../.build/debug/sitegen [--scenes 200]
    python pointing_game.py captions --data DATA --sitegen ../../../../../.build/debug/sitegen [--scenes 200]

For each question about something that is in the picture, the Grad-CAM map of the true answer is asked for; for each word
of the true caption that tells of an object, the map of that word. A hit is a map whose maximum, enlarged to the picture's
size, lies on an object that the answer or the word is about. Chance is the share of the picture that these objects cover.
"""

import argparse
import subprocess
import tempfile
from pathlib import Path

import numpy
import torch

import above
from captions import LENGTH as CAPTION, encoded, phrases, vocabulary as caption_words
from evaluate_answers import held_out_questions
from frames import frame_path
from questions import ANSWERS, LENGTH as QUESTION, vocabulary as question_words
from scene import masks, read_scenes
from words import COLOURS, NUMBERS

MODELS = Path(__file__).resolve().parents[3]


def explain(sitegen, model, picture, given, targets):
    """For each target, (output, index, …), its Grad-CAM map [16, 16]."""
    with tempfile.TemporaryDirectory() as folder:
        name, indices = given
        numpy.save(f"{folder}/{name}.npy", numpy.array([indices]))
        command = [sitegen, "explain", str(picture), "--model", str(MODELS / f"{model}.md"), "--output", folder, "--arrays"]
        command += ["--input", f"{name}={folder}/{name}.npy", "--method", "grad-cam"]
        for output, *index in targets:
            command += ["--target", f"{output}[{','.join(map(str, index))}]"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return [numpy.load(f"{folder}/{'-'.join(map(str, target))}/grad-cam.npy") for target in targets]


def enlarged(cam):
    """A map of any size as [128, 128], by bilinear interpolation between the centres of its places."""
    cam = torch.from_numpy(cam)[None, None]
    return torch.nn.functional.interpolate(cam, (128, 128), mode="bilinear", align_corners=False)[0, 0].numpy()


def plays_of_answers(sitegen, data, scene):
    """(kind of question, map, the things that the answer is about)"""
    words = question_words()
    for question in dict.fromkeys(held_out_questions(scene)):
        if question.things:
            target = ("answer", ANSWERS.index(question.answer))
            given = ("question", words.encoded(question.text, QUESTION))
            yield question.kind, explain(sitegen, "tabletop-answers", data, given, [target])[0], question.things


def plays_of_captions(sitegen, data, scene):
    """(kind of word, map, the things that the word is about)"""
    words = caption_words()
    told = [(word, things) for text, things in phrases(scene) for word in text.split()]
    wanted = [(step, word, things) for step, (word, things) in enumerate(told) if things and word not in ("a", "an")]
    targets = [("words", step, words.index[word]) for step, word, _ in wanted]
    maps = explain(sitegen, "tabletop-captions", data, ("caption", encoded(scene, words)[:CAPTION]), targets)
    for (_, word, things), cam in zip(wanted, maps):
        yield "colour" if word in COLOURS else "number" if word in NUMBERS else "noun", cam, things


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("network", choices=("answers", "captions"))
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--sitegen", required=True)
    parser.add_argument("--scenes", type=int, help="only the first ones")
    options = parser.parse_args()
    folder = options.data / "described-test"
    plays = plays_of_answers if options.network == "answers" else plays_of_captions
    hits, chance = {}, {}
    for scene in read_scenes(folder)[: options.scenes]:
        shown = masks(folder, scene)
        for kind, cam, things in plays(options.sitegen, frame_path(folder, scene.number), scene):
            inside = numpy.any([shown[thing] for thing in things], axis=0)
            hits.setdefault(kind, []).append(bool(inside[numpy.unravel_index(enlarged(cam).argmax(), inside.shape)]))
            chance.setdefault(kind, []).append(inside.mean())
    for kind in hits:
        print(f"{kind}: {100 * numpy.mean(hits[kind]):.1f} % of {len(hits[kind])}, chance {100 * numpy.mean(chance[kind]):.1f} %")
    print(f"all: {100 * numpy.mean(sum(hits.values(), [])):.1f} % of {sum(map(len, hits.values()))}, "
          f"chance {100 * numpy.mean(sum(chance.values(), [])):.1f} %")


if __name__ == "__main__":
    main()
