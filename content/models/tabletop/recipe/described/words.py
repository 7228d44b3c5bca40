"""Words: nouns, their plurals and articles, and lists of words that networks read by number."""

from pathlib import Path

from scene import class_names

COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "white", "black", "brown")
NUMBERS = ("no", "one", "two", "three", "four")


def plural(noun):
    irregular = {"die": "dice", "wine glass": "wine glasses"}
    return irregular.get(noun, noun + "s")


def with_article(words):
    """“mug” to “a mug”, “orange mug” to “an orange mug”."""
    return ("an " if words[0] in "aeiou" else "a ") + words


def nouns():
    """Every word that names a thing, for one and for several."""
    return " ".join(f"{name} {plural(name)}" for name in class_names())


class Vocabulary:
    """Words by number: line n of the file is index n - 1; `<pad>` comes first."""

    def __init__(self, words):
        self.words = list(words)
        self.index = {word: i for i, word in enumerate(self.words)}

    @classmethod
    def of(cls, marks, text):
        """The marks, then each word of a text once, by alphabet."""
        return cls([*marks, *sorted(set(text.split()))])

    @classmethod
    def read(cls, path):
        return cls(Path(path).read_text().splitlines())

    def write(self, path):
        Path(path).write_text("".join(f"{word}\n" for word in self.words))

    def __len__(self):
        return len(self.words)

    def encoded(self, text, length):
        """The indices of a text's words, padded at the end with 0."""
        indices = [self.index[word] for word in text.split()]
        if len(indices) > length:
            raise ValueError(f"“{text}” has more than {length} words")
        return indices + [0] * (length - len(indices))
