"""The network that writes captions, a word at a time."""

import torch
from torch import nn
from torch.nn import functional as F

from picture import MAPS, Grid, Look, Reading

STATE = 192
HEADS = 4
WIDTH = 24


class Glance(nn.Module):
    """What a state wants to see.

    Half of the heads share one attention among all places, which tells what a thing is like; the others open and close
    every place by itself and sum up what they see in the open ones, which tells how many there are.
    """

    def __init__(self, state):
        super().__init__()
        self.keys = nn.Conv2d(MAPS + 2, HEADS * WIDTH, 1)
        self.values = nn.Conv2d(MAPS + 2, HEADS * WIDTH, 1)
        self.query = nn.Linear(state, HEADS * WIDTH)
        self.bias = nn.Parameter(torch.full((1, HEADS // 2, 1, 1), -1.0))

    def forward(self, places, state):
        count, steps = state.shape[:2]
        keys = self.keys(places).reshape(count, HEADS, WIDTH, -1)
        values = F.relu(self.values(places)).reshape(count, HEADS, WIDTH, -1)
        query = self.query(state).reshape(count, steps, HEADS, WIDTH).transpose(1, 2)
        shared, opened = torch.matmul(query, keys).chunk(2, 1)
        weights = torch.cat([torch.softmax(shared, 3), torch.sigmoid(opened + self.bias) / 16], 1)
        seen = torch.matmul(weights, values.transpose(2, 3))
        return seen.transpose(1, 2).reshape(count, steps, HEADS * WIDTH)


class Captioner(nn.Module):
    """Input: image [N, 3, 128, 128] and caption [N, T], int64; output: words [N, T, vocabulary] (logits).

    Step t gives the word behind caption[0 … t], and looks at no later one.
    """

    def __init__(self, words, start=None):
        super().__init__()
        self.look = Look(start)
        self.read = Reading()
        self.grid = Grid()
        self.embed = nn.Embedding(words, 64, padding_idx=0)
        self.begin = nn.Linear(MAPS, STATE)
        self.said = nn.GRU(64, STATE, batch_first=True)
        # The first glance finds what comes next, the second what is to be told of it.
        self.first = Glance(STATE)
        self.plan = nn.Linear(STATE + HEADS * WIDTH, STATE)
        self.second = Glance(STATE)
        self.hidden = nn.Linear(2 * STATE + 2 * HEADS * WIDTH, STATE)
        self.words = nn.Linear(STATE, words)

    def forward(self, image, caption):
        maps = self.read(self.look(image))
        places = self.grid(maps)
        begin = torch.tanh(self.begin(maps.mean((2, 3))))
        said = self.said(self.embed(caption), begin.unsqueeze(0))[0]
        first = self.first(places, said)
        plan = F.relu(self.plan(torch.cat([said, first], 2)))
        second = self.second(places, plan)
        return self.words(F.relu(self.hidden(torch.cat([said, first, plan, second], 2))))
