"""The network that answers questions: picture and question are multiplied, at every place, and once more at the end."""

import torch
from torch import nn
from torch.nn import functional as F

from picture import MAPS, Grid, Look, Reading

QUESTION = 128
GATES = 64


class Answers(nn.Module):
    """Input: image [N, 3, 128, 128] and question [N, 12], int64; output: answer [N, answers] (logits)."""

    def __init__(self, words, answers, start=None):
        super().__init__()
        self.look = Look(start)
        self.read = Reading()
        self.grid = Grid()
        self.embed = nn.Embedding(words, 64, padding_idx=0)
        self.begin = nn.Parameter(torch.zeros(1, 1, QUESTION))
        self.question = nn.GRU(64, QUESTION, batch_first=True)
        # Where is the thing that the question names?
        self.keys = nn.Conv2d(MAPS + 2, GATES, 1)
        self.refer = nn.Linear(QUESTION, GATES)
        self.relate = nn.Linear(GATES, QUESTION)
        self.relation = nn.Linear(QUESTION, QUESTION)
        # Which places does the question open?
        self.scale = nn.Linear(2 * QUESTION, GATES)
        self.shift = nn.Linear(2 * QUESTION, GATES)
        self.gate = nn.Conv2d(GATES, GATES, 1)
        self.evidence = nn.Conv2d(MAPS, 2 * GATES, 1)
        # What is seen there?
        self.conv10 = nn.Conv2d(2 * GATES, GATES, 1)
        self.relu10 = nn.ReLU()
        self.seen = nn.Linear(GATES, QUESTION)
        self.asked = nn.Linear(QUESTION, QUESTION)
        self.answer = nn.Linear(QUESTION, answers)

    def forward(self, image, question):
        return self.answered(self.read(self.look(image)), question)

    def answered(self, maps, question):
        keys, evidence = self.keys(self.grid(maps)), F.relu(self.evidence(maps))
        # Several questions about one picture: row i of the questions asks about picture i // repeat.
        repeat = question.shape[0] // maps.shape[0]
        if repeat > 1:
            keys, evidence = keys.repeat_interleave(repeat, 0), evidence.repeat_interleave(repeat, 0)
        begin = self.begin if question.shape[0] == 1 else self.begin.expand(-1, question.shape[0], -1).contiguous()
        asked = self.question(self.embed(question), begin)[1][0]

        flat = keys.reshape(keys.shape[0], GATES, -1)
        looked = torch.softmax(torch.matmul(self.refer(asked).unsqueeze(1), flat), dim=2)
        referred = torch.matmul(looked, flat.transpose(1, 2)).squeeze(1)
        wish = torch.cat([asked, self.relate(referred) * torch.tanh(self.relation(asked))], 1)

        opened = F.relu(keys * self.scale(wish)[:, :, None, None] + self.shift(wish)[:, :, None, None])
        # Half of the evidence is taken from all places that are open, which counts, half from where the thing itself is.
        there = GATES * looked.reshape(-1, 1, *keys.shape[2:])
        opened, pointed = evidence[:, :GATES] * torch.sigmoid(self.gate(opened)), evidence[:, GATES:] * there
        fused = self.relu10(self.conv10(torch.cat([opened, pointed], 1)))
        seen = F.relu(self.seen(8 * fused.mean((2, 3))))
        return self.answer(seen * torch.tanh(self.asked(asked)))
