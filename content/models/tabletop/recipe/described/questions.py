"""Questions about a scene, with their answers."""

from dataclasses import dataclass

from scene import class_names
from words import COLOURS, NUMBERS, Vocabulary, nouns, plural, with_article

LENGTH = 12
ANSWERS = ("yes", "no", *NUMBERS[1:], "none", *COLOURS, *class_names())

IS_THERE = ("is there {}", "do you see {}")
HOW_MANY = ("how many {}", "how many {} are there")
WHAT_COLOUR = ("what colour is the {}",)
SIDES = {
    "left": ("what is left of the {}", "what is to the left of the {}"),
    "right": ("what is right of the {}", "what is to the right of the {}"),
}

# Two things stand beside each other, for a question, if their middles are this far apart, in widths of the picture.
APART = 0.12


@dataclass(frozen=True)
class Question:
    kind: str
    text: str
    answer: str
    # The things that the answer is about, and those that the question names: their places in the scene.
    things: tuple
    named: tuple


def vocabulary():
    phrases = [*IS_THERE, *HOW_MANY, *WHAT_COLOUR, *SIDES["left"], *SIDES["right"]]
    return Vocabulary.of(["<pad>"], " ".join(phrases).replace("{}", "a an") + " " + nouns())


def is_there(scene, random):
    """Yes as often as no."""
    kinds = scene.kinds()
    if random.random() < 0.5:
        name = random.choice(list(kinds))
        things = tuple(kinds[name])
        return Question("is there", random.choice(IS_THERE).format(with_article(name)), "yes", things, things)
    name = random.choice([name for name in class_names() if name not in kinds])
    return Question("is there", random.choice(IS_THERE).format(with_article(name)), "no", (), ())


def how_many(scene, random):
    """“None” and “one” would be the commonest answers, so they are asked for less often than they could be."""
    kinds = scene.kinds()
    name = random.choice(class_names() if random.random() < 0.25 else list(kinds))
    things = tuple(kinds.get(name, ()))
    count = len(things)
    if count < 2 and random.random() < 0.5:
        return None
    answer = ("none", *NUMBERS[1:])[count]
    return Question("how many", random.choice(HOW_MANY).format(plural(name)), answer, things, things)


def what_colour(scene, random):
    """Of things that are the only one of their kind and have one colour; less often where that is white, the commonest."""
    asked = [places[0] for places in scene.kinds().values() if len(places) == 1 and scene.things[places[0]].colour]
    if not asked:
        return None
    place = random.choice(asked)
    thing = scene.things[place]
    if thing.colour == "white" and random.random() < 0.5:
        return None
    return Question("what colour", random.choice(WHAT_COLOUR).format(thing.name), thing.colour, (place,), (place,))


def what_beside(scene, random):
    """What is left, or right, of a thing: where all that is there is of one kind, and clearly there, or nothing is.

    Without the answer “none”, the other of two kinds would be right on whichever side it is asked for.
    """
    kinds = scene.kinds()
    single = [places[0] for places in kinds.values() if len(places) == 1]
    if not single:
        return None
    middle, side = random.choice(single), random.choice(list(SIDES))
    away = {place: thing.across - scene.things[middle].across for place, thing in enumerate(scene.things) if place != middle}
    if not away or any(abs(distance) < APART for distance in away.values()):
        return None
    beside = tuple(place for place, distance in away.items() if (distance < 0) == (side == "left"))
    names = {scene.things[place].name for place in beside} or {"none"}
    if len(names) != 1 or (not beside and random.random() < 0.5):
        return None
    text = random.choice(SIDES[side]).format(scene.things[middle].name)
    return Question("what is beside", text, names.pop(), beside, (middle,))


KINDS = {"is there": is_there, "how many": how_many, "what colour": what_colour, "what is beside": what_beside}


def asked(scene, random, count):
    """`count` questions, of all kinds that the scene allows, some of them perhaps twice."""
    questions = []
    while len(questions) < count:
        # A kind that a scene seldom allows is tried more often, so that all kinds are asked about equally often.
        kind = random.choices(list(KINDS.values()), (1, 1.5, 2, 5))[0]
        question = kind(scene, random)
        if question:
            questions.append(question)
    return questions
