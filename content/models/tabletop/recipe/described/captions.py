"""The caption of a scene: “a red mug and two dice on a wooden table”."""

from scene import TABLES
from words import COLOURS, NUMBERS, Vocabulary, nouns, plural, with_article

START, END = "<start>", "<end>"
# Words that the network reads: <start> and the longest caption.
LENGTH = 20


def vocabulary():
    return Vocabulary.of(
        ["<pad>", START, END], " ".join(["a an and on", *NUMBERS[2:], *COLOURS, *set(TABLES), nouns()])
    )


def phrases(scene):
    """The caption in pieces, (text, the places of the things that it is about): kinds by alphabet, then the table."""
    for number, (name, places) in enumerate(scene.kinds().items()):
        if number:
            yield "and", ()
        if len(places) > 1:
            yield f"{NUMBERS[len(places)]} {plural(name)}", tuple(places)
        else:
            colour = scene.things[places[0]].colour
            yield with_article(f"{colour} {name}" if colour else name), tuple(places)
    yield "on " + with_article(scene.table), ()


def caption(scene):
    return " ".join(text for text, _ in phrases(scene))


def encoded(scene, words):
    """<start>, the caption, <end>, padding: LENGTH + 1 indices; the network reads all but the last, and gives all but the first."""
    return words.encoded(f"{START} {caption(scene)} {END}", LENGTH + 1)
