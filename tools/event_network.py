"""The network that `fit_events.py` trains: weights of traits and of the parser's vectors, layers of MiniLM.

Types and modes are learned together, each from the vector of a word and that of its sentence; the types
also through a hidden layer.

Needs torch; weights and vocabulary of all-MiniLM-L6-v2 come from a folder with `model.safetensors` and
`vocab.txt`.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy
import torch
from event_examples import CLASSES, Example, Lesson, stack_votes, vote_modes
from own_reports import OWN_FOLD
from torch import Tensor, nn
from torch.nn import functional

from onrecord.stages.events.encode_context import MOST_PIECES, ContextEncoder

WIDTH, HEADS, LAYERS = 384, 12, 3
UNITS = 128
"""Of the hidden layer between vectors and types: without it F1 of type is .02 lower on unseen pages."""
PIECES = 18_000
"""Word pieces kept of the 30,522: the vocabulary stands roughly in the order of frequency."""
PLAIN = re.compile(r"(##)?[a-z0-9]+|[!-/:-@\[-`{-~]|[–—‘’“”…£€]|\[(UNK|CLS|SEP)\]")
VECTOR = 96
BATCH, CHUNK = 32, 20
ROUNDS = ("own", "all", "real", "real")
"""What each epoch learns from: reports of our own have denser marks than real pages, which have the last
word. On unseen pages F1 of type is .76 and macro F1 of types .69 at a threshold of .35; with real pages
alone, three times, .75 and .63; with both in each epoch .75 and .67."""
RATES = {"encoder": 1.5e-4, "traits": 5e-3, "readout": 1e-3}
TRAIT_LOSS = 0.3
"""Weight of the loss of the traits alone, which decide who gets a second look."""
MODE_LOSS = 0.3
"""Weight of the loss of modes, over the marked words of a type that has modes."""
TRAITS_DROPPED, READOUT_DROPPED, STATES_DROPPED, UNITS_DROPPED = 0.15, 0.3, 0.1, 0.2
VECTOR_SCALE = 3.0
"""The parser's vectors are divided by this before the hidden layer: their values then lie near 1."""
OTHER_TYPE = -30.0
"""Log odds of the modes of other types: they take no part."""
SHRINK = 2e-6
CANDIDATES = 9
"""A sentence has so many on the mean: keeps the loss of a batch near 1."""


def read_weights(folder: Path) -> dict[str, Tensor]:
    """Return the tensors of a safetensors file."""
    data = (folder / "model.safetensors").read_bytes()
    size = struct.unpack("<Q", data[:8])[0]
    table = json.loads(data[8 : 8 + size])
    found = {}
    for name, row in table.items():
        if name != "__metadata__" and row["dtype"] == "F32":
            start, end = (8 + size + offset for offset in row["data_offsets"])
            found[name] = torch.from_numpy(
                numpy.frombuffer(data[start:end], "f4").reshape(row["shape"]).copy()
            )
    return found


def choose_pieces(folder: Path) -> list[tuple[str, int]]:
    """Return the word pieces that are kept, with their rows in the whole vocabulary."""
    lines = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
    return [(line, row) for row, line in enumerate(lines) if PLAIN.fullmatch(line)][:PIECES]


class Attention(nn.Module):
    """One layer of BERT."""

    def __init__(self, weights: dict[str, Tensor], name: str) -> None:
        super().__init__()
        inner = ("query", "key", "value")
        self.mix = nn.Linear(WIDTH, 3 * WIDTH)
        self.mix.weight.data = torch.cat([weights[f"{name}attention.self.{one}.weight"] for one in inner])
        self.mix.bias.data = torch.cat([weights[f"{name}attention.self.{one}.bias"] for one in inner])
        self.out = _copy_linear(weights, f"{name}attention.output.dense")
        self.out_norm = _copy_norm(weights, f"{name}attention.output.LayerNorm")
        self.inner = _copy_linear(weights, f"{name}intermediate.dense")
        self.outer = _copy_linear(weights, f"{name}output.dense")
        self.outer_norm = _copy_norm(weights, f"{name}output.LayerNorm")
        self.drop = nn.Dropout(STATES_DROPPED)

    def forward(self, rows: Tensor, mask: Tensor) -> Tensor:
        size, count, _ = rows.shape
        mixed = self.mix(rows).view(size, count, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(*mixed, attn_mask=mask)
        seen = seen.transpose(1, 2).reshape(size, count, WIDTH)
        rows = self.out_norm(rows + self.drop(self.out(seen)))
        inner = functional.gelu(self.inner(rows), approximate="tanh")
        return self.outer_norm(rows + self.drop(self.outer(inner)))


def _copy_linear(weights: dict[str, Tensor], name: str) -> nn.Linear:
    size = weights[f"{name}.weight"].shape
    made = nn.Linear(size[1], size[0])
    made.weight.data, made.bias.data = weights[f"{name}.weight"].clone(), weights[f"{name}.bias"].clone()
    return made


def _copy_norm(weights: dict[str, Tensor], name: str) -> nn.LayerNorm:
    made = nn.LayerNorm(WIDTH, eps=1e-12)
    made.weight.data, made.bias.data = weights[f"{name}.weight"].clone(), weights[f"{name}.bias"].clone()
    return made


class EventNetwork(nn.Module):
    """Log odds of each class, from traits and vectors alone and with the look at the sentence."""

    def __init__(self, traits: int, modes: int, folder: Path) -> None:
        super().__init__()
        weights = read_weights(folder)
        kept = [row for _, row in choose_pieces(folder)]
        words = weights["embeddings.word_embeddings.weight"][kept]
        places = weights["embeddings.position_embeddings.weight"][:MOST_PIECES]
        self.pieces = nn.Embedding.from_pretrained(words.clone(), freeze=True)
        self.positions = nn.Parameter(places + weights["embeddings.token_type_embeddings.weight"][0])
        self.norm = _copy_norm(weights, "embeddings.LayerNorm")
        self.layers = nn.ModuleList([Attention(weights, f"encoder.layer.{n}.") for n in range(LAYERS)])
        self.drop = nn.Dropout(STATES_DROPPED)
        self.traits = nn.Embedding(traits, len(CLASSES))
        self.vector = nn.Linear(VECTOR, len(CLASSES), bias=False)
        self.bias = nn.Parameter(torch.zeros(len(CLASSES)))
        self.readout = nn.Linear(2 * WIDTH, len(CLASSES))
        self.readout_drop = nn.Dropout(READOUT_DROPPED)
        self.hidden = nn.Linear(2 * WIDTH + VECTOR, UNITS)
        self.hidden_drop = nn.Dropout(UNITS_DROPPED)
        self.top = nn.Linear(UNITS, len(CLASSES), bias=False)
        self.modes = nn.Linear(2 * WIDTH, modes)
        for layer in (self.traits, self.vector, self.readout, self.top, self.modes):
            for weight in layer.parameters():
                nn.init.zeros_(weight)
        self.bias.data[0] = 3.0

    def quick(self, batch: Batch, kept: Tensor | None = None) -> Tensor:
        """Return the log odds (examples, classes) from traits and vectors."""
        summed = functional.embedding_bag(
            batch.traits, self.traits.weight, batch.offsets, mode="sum", per_sample_weights=kept
        )
        return summed + self.bias + self.vector(batch.vectors)

    def look(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Return what the sentence adds to the log odds (examples, classes), and those of the modes."""
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=self.training):
            rows = self.drop(self.norm(self.pieces(batch.pieces) + self.positions[: batch.pieces.shape[1]]))
            for layer in self.layers:
                rows = layer(rows, batch.mask)
        rows = rows.float()
        pair = self.readout_drop(torch.cat([rows[batch.rows, batch.columns], rows[batch.rows, 0]], 1))
        units = torch.tanh(self.hidden(torch.cat([pair, batch.vectors / VECTOR_SCALE], 1)))
        return self.readout(pair) + self.top(self.hidden_drop(units)), self.modes(pair)


class Batch:
    """Some lessons as tensors."""

    def __init__(
        self,
        lessons: Sequence[Lesson],
        rows: dict[str, int],
        cutter: ContextEncoder,
        modes: Sequence[str] = (),
    ) -> None:
        lines = [cutter.line_up(lesson.words) for lesson in lessons]
        longest = max(len(line) for line, _ in lines)
        self.pieces = torch.zeros(len(lines), longest, dtype=torch.long)
        mask = torch.zeros(len(lines), longest, dtype=torch.bool)
        examples: list[Example] = []
        self.rows = torch.tensor([n for n, lesson in enumerate(lessons) for _ in lesson.examples])
        columns = []
        for n, (lesson, (line, places)) in enumerate(zip(lessons, lines, strict=True)):
            self.pieces[n, : len(line)] = torch.tensor(line)
            mask[n, : len(line)] = True
            columns += [places[one.place] for one in lesson.examples]
            examples += lesson.examples
        self.mask = mask[:, None, None, :]
        self.columns = torch.tensor(columns)
        known = [[rows[trait] for trait in one.traits if trait in rows] for one in examples]
        self.traits = torch.tensor([row for one in known for row in one])
        self.offsets = torch.tensor(numpy.cumsum([0, *map(len, known[:-1])]))
        self.vectors = torch.from_numpy(numpy.stack([one.vector for one in examples]))
        self.votes = torch.from_numpy(stack_votes(examples))
        self.counts = torch.tensor([0.0 if one.is_beside else 1.0 for one in examples])
        voted = [vote_modes(one.mark, modes) for one in examples]
        self.moded = torch.tensor([n for n, shares in enumerate(voted) if sum(shares)], dtype=torch.long)
        self.mode_votes = torch.tensor([shares for shares in voted if sum(shares)])
        kinds = [{modes[n].partition("/")[0] for n, one in enumerate(shares) if one} for shares in voted]
        self.mode_bars = torch.tensor(
            [
                [0.0 if name.partition("/")[0] in some else OTHER_TYPE for name in modes]
                for some in kinds
                if some
            ]
        )


def train_network(
    lessons: Sequence[Lesson],
    rows: dict[str, int],
    modes: Sequence[str],
    cutter: ContextEncoder,
    folder: Path,
    seed: int = 0,
) -> EventNetwork:
    """Return the trained network; the same lessons and seed give the same weights on one kind of machine."""
    torch.manual_seed(seed)
    chance = numpy.random.default_rng(seed)
    network = EventNetwork(len(rows), len(modes), folder)
    encoder = [*network.layers.parameters(), *network.norm.parameters(), network.positions]
    heads = (network.readout, network.vector, network.hidden, network.top, network.modes)
    readout = [*(weight for head in heads for weight in head.parameters()), network.bias]
    groups = {"encoder": encoder, "traits": [network.traits.weight], "readout": readout}
    optimiser = torch.optim.AdamW(
        [
            {"params": made, "name": name, "weight_decay": 0.01 if name == "encoder" else 0.0}
            for name, made in groups.items()
        ]
    )
    own = [one for one in lessons if one.fold == OWN_FOLD]
    real = [one for one in lessons if one.fold != OWN_FOLD]
    rounds = [{"own": own, "all": [*own, *real], "real": real}[name] for name in ROUNDS]
    steps, step = sum(-(-len(some) // BATCH) for some in rounds), 0
    network.train()
    for some in rounds:
        for picked in shuffle(some, chance):
            rate = min(1.0, step / (steps * 0.1 + 1)) * max(0.0, 1 - step / steps)
            for group in optimiser.param_groups:
                group["lr"] = RATES[group["name"]] * rate
            _step(network, Batch(picked, rows, cutter, modes), optimiser, encoder)
            step += 1
    return network.eval()


def _step(network: EventNetwork, batch: Batch, optimiser: Any, encoder: list[Any]) -> None:
    kept = (torch.rand(len(batch.traits)) > TRAITS_DROPPED).float() / (1 - TRAITS_DROPPED)
    quick = network.quick(batch, kept)
    added, modes = network.look(batch)
    used = network.traits.weight[batch.traits.unique()]
    loss = _loss(quick + added, batch) + TRAIT_LOSS * _loss(quick, batch) + SHRINK * (used**2).sum()
    if len(batch.moded):
        lost = -(batch.mode_votes * torch.log_softmax(modes[batch.moded] + batch.mode_bars, 1)).sum()
        loss = loss + MODE_LOSS * lost / len(batch.pieces)
    loss.backward()
    nn.utils.clip_grad_norm_(encoder, 1.0)
    optimiser.step()
    optimiser.zero_grad()


def _loss(odds: Tensor, batch: Batch) -> Tensor:
    lost = -(batch.votes * torch.log_softmax(odds, 1)).sum(1) * batch.counts
    return lost.sum() / len(batch.pieces) / CANDIDATES


def shuffle(lessons: Sequence[Lesson], chance: numpy.random.Generator) -> Iterator[list[Lesson]]:
    """Yield batches in random order, sentences of like length together."""
    order = chance.permutation(len(lessons)).tolist()
    batches = []
    for start in range(0, len(order), BATCH * CHUNK):
        chunk = sorted(order[start : start + BATCH * CHUNK], key=lambda n: (len(lessons[n].words), n))
        batches += [chunk[at : at + BATCH] for at in range(0, len(chunk), BATCH)]
    for n in chance.permutation(len(batches)).tolist():
        yield [lessons[one] for one in batches[n]]
