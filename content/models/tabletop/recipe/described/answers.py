"""The network that answers questions: picture and question are multiplied, at every place, and once more at the end."""

import torch
from torch import nn
from torch.nn import functional as F

from picture import LOOK, Grid, Look

# Maps that are learned of the picture, those of its colours, and those that the question is asked of.
MAPS = 112
PAINT = 48
GATES = 64
QUESTION = 128
# Places across the maps.
SIZE = 16


class Paint(nn.Module):
    """What `tabletop` was trained to overlook: [N, 3, 128, 128] to [N, 48, 16, 16].

    The maximum of neighbours, where their mean would lose the colour of what is thin.
    """

    def __init__(self):
        super().__init__()
        self.paint1 = nn.Conv2d(3, 24, 5, 2, 2)
        self.paint2 = nn.Conv2d(24, PAINT, 3, 2, 1)
        self.paint3 = nn.Conv2d(PAINT, PAINT, 3, 1, 1)

    def forward(self, image):
        return F.max_pool2d(F.relu(self.paint3(F.relu(self.paint2(F.relu(self.paint1(image)))))), 2)


class Answers(nn.Module):
    """Input: image [N, 3, 128, 128] and question [N, 12], int64; output: answer [N, answers] (logits)."""

    def __init__(self, words, answers, start):
        super().__init__()
        self.look = Look(start)
        self.paint = Paint()
        self.conv9 = nn.Conv2d(LOOK + PAINT, MAPS, 3, padding=1, bias=False)
        self.norm9 = nn.BatchNorm2d(MAPS)
        self.relu9 = nn.ReLU()
        self.grid = Grid(SIZE)
        self.embed = nn.Embedding(words, 64, padding_idx=0)
        self.begin = nn.Parameter(torch.zeros(1, 1, QUESTION))
        self.question = nn.GRU(64, QUESTION, batch_first=True)
        # Where is the thing that the question names?
        self.keys = nn.Linear(MAPS + 2, GATES)
        self.refer = nn.Linear(QUESTION, GATES)
        # Which places does the question open, by what is there, and by how far it is to the right of that thing?
        self.scale = nn.Linear(QUESTION, GATES)
        self.side = nn.Linear(QUESTION, GATES)
        self.shift = nn.Linear(QUESTION, GATES)
        self.gate = nn.Linear(GATES, GATES)
        # What is seen there, and what where the thing itself is?
        self.evidence = nn.Linear(MAPS + 2, GATES)
        self.fuse = nn.Linear(GATES, GATES)
        self.point = nn.Linear(MAPS + 2, GATES)
        self.relu10 = nn.ReLU()
        self.seen = nn.Linear(GATES, QUESTION)
        self.asked = nn.Linear(QUESTION, QUESTION)
        self.answer = nn.Linear(QUESTION, answers)

    def forward(self, image, question):
        return self.answered(self.maps(image), question.unsqueeze(1))[0].squeeze(1)

    def maps(self, image):
        """What the picture shows at each place: [N, 112, 16, 16]."""
        return self.relu9(self.norm9(self.conv9(torch.cat([self.look(image), self.paint(image)], 1))))

    def answered(self, maps, questions):
        """Answers to several questions about each picture, [N, M, 12], and where what they name was looked for.

        Returns: [N, M, answers] (logits) and [N, M, 256], shares that add up to 1.
        """
        count, several = questions.shape[0], questions.shape[1]
        words = questions.reshape(count * several, -1)
        begin = self.begin if words.shape[0] == 1 else self.begin.expand(-1, words.shape[0], -1).contiguous()
        asked = self.question(self.embed(words), begin)[1][0].reshape(count, several, QUESTION)

        # A place a row, [N, 256, 114].
        places = self.grid(maps).reshape(count, -1, SIZE * SIZE).transpose(1, 2)
        keys = self.keys(places)
        looked = torch.softmax(torch.matmul(self.refer(asked), keys.transpose(1, 2)), 2).to(keys.dtype)
        across = self.grid.across.to(keys.dtype)
        aside = across - torch.matmul(looked, across).unsqueeze(2)

        # What is known of places, [N, 1, 256, 64], meets what is known of questions, [N, M, 1, 64].
        scale, side, shift = (layer(asked).unsqueeze(2) for layer in (self.scale, self.side, self.shift))
        opened = F.relu(keys.unsqueeze(1) * scale + aside.unsqueeze(3) * side + shift)
        evidence = F.relu(self.evidence(places)).unsqueeze(1) * torch.sigmoid(self.gate(opened))
        there = GATES * looked.unsqueeze(3)
        fused = self.fuse(evidence) + self.point(places).unsqueeze(1) * there
        fused = self.relu10(fused.reshape(-1, SIZE * SIZE, GATES).transpose(1, 2).reshape(-1, GATES, SIZE, SIZE))
        seen = F.relu(self.seen(8 * fused.mean((2, 3)))).reshape(count, several, QUESTION)
        return self.answer(seen * torch.tanh(self.asked(asked))), looked
