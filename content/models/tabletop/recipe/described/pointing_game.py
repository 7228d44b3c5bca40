"""The pointing game by answer and by word, with the maps of sitegen itself, on held-out scenes known to the pixel.

    python pointing_game.py answers --data DATA --sitegen ../../../../../.build/debug/sitegen [--scenes 200] [--method …]
    python pointing_game.py captions --data DATA --sitegen ../../../../../.build/debug/sitegen [--scenes 200] [--method …]

For each question about something that is in the picture, the map of the true answer is asked for; for each word of the
true caption that tells of an object, the map of that word. A hit is a map whose maximum, enlarged to the picture's
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


def explain(sitegen, model, picture, given, targets, methods):
    """For each target, (output, index, …), a dictionary: method to map [16, 16]."""
    with tempfile.TemporaryDirectory() as folder:
        name, indices = given
        numpy.save(f"{folder}/{name}.npy", numpy.array([indices]))
        command = [sitegen, "explain", str(picture), "--model", str(MODELS / f"{model}.md"), "--output", folder, "--arrays"]
        command += ["--input", f"{name}={folder}/{name}.npy"]
        for method in methods:
            command += ["--method", method]
        for output, *index in targets:
            command += ["--target", f"{output}[{','.join(map(str, index))}]"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        folders = [f"{folder}/{'-'.join(map(str, target))}" for target in targets]
        return [{method: numpy.load(f"{place}/{method}.npy") for method in methods} for place in folders]


def enlarged(cam):
    """A map of any size as [128, 128], by bilinear interpolation between the centres of its places."""
    cam = torch.from_numpy(cam)[None, None]
    return torch.nn.functional.interpolate(cam, (128, 128), mode="bilinear", align_corners=False)[0, 0].numpy()


def plays_of_answers(sitegen, picture, scene, methods):
    """(kind of question, maps, the things that the answer is about)"""
    words = question_words()
    for question in dict.fromkeys(held_out_questions(scene)):
        if question.things:
            target = ("answer", ANSWERS.index(question.answer))
            given = ("question", words.encoded(question.text, QUESTION))
            yield question.kind, explain(sitegen, "tabletop-answers", picture, given, [target], methods)[0], question.things


def plays_of_captions(sitegen, picture, scene, methods):
    """(kind of word, maps, the things that the word is about)"""
    words = caption_words()
    told = [(word, things) for text, things in phrases(scene) for word in text.split()]
    wanted = [(step, word, things) for step, (word, things) in enumerate(told) if things and word not in ("a", "an")]
    targets = [("words", step, words.index[word]) for step, word, _ in wanted]
    maps = explain(sitegen, "tabletop-captions", picture, ("caption", encoded(scene, words)[:CAPTION]), targets, methods)
    for (_, word, things), cams in zip(wanted, maps):
        yield "colour" if word in COLOURS else "number" if word in NUMBERS else "noun", cams, things


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("network", choices=("answers", "captions"))
    parser.add_argument("--data", required=True, type=Path)
    parser.add_argument("--sitegen", required=True)
    parser.add_argument("--scenes", type=int, help="only the first ones")
    parser.add_argument("--method", nargs="+", default=["grad-cam"])
    options = parser.parse_args()
    folder = options.data / "described-test"
    plays = plays_of_answers if options.network == "answers" else plays_of_captions
    hits, chance = {}, {}
    for scene in read_scenes(folder)[: options.scenes]:
        shown = masks(folder, scene)
        for kind, cams, things in plays(options.sitegen, frame_path(folder, scene.number), scene, options.method):
            inside = numpy.any([shown[thing] for thing in things], axis=0)
            for name in (kind, "all"):
                chance.setdefault(name, []).append(inside.mean())
                for method, cam in cams.items():
                    hit = bool(inside[numpy.unravel_index(enlarged(cam).argmax(), inside.shape)])
                    hits.setdefault((name, method), []).append(hit)
    for name in chance:
        shares = ", ".join(f"{method} {100 * numpy.mean(hits[name, method]):.1f} %" for method in options.method)
        print(f"{name}: {shares}, chance {100 * numpy.mean(chance[name]):.1f} %, of {len(chance[name])}")


if __name__ == "__main__":
    main()
