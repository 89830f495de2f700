"""Products of a transformer layer as ONNX graphs: whole numbers. Needs onnx.

The rows that enter a product become whole numbers of -127 to 127, each row by its own largest value, so
that what a row gives depends on no other row; the weights are whole numbers already, and sums of such
products are exact. A single last bit before such a cut may change a whole number after it: that is why the
steps are plain ones, which every processor rounds alike; layer norms and attention, whose sums depend on the
order, stay outside. Only the Gaussian error linear units rest on a kernel of onnxruntime.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy
from onnx import NodeProto, TensorProto, helper, numpy_helper

OPSET, IR = 20, 9
"""The newest of both that onnxruntime 1.17 reads."""
MOST, MIDDLE = 127, 128
"""Largest whole number of a row, and what is added so that none is below 0, as the kernels want them."""
LOW = 0.17005
"""Gaussian error linear units lie above -0.17005 (at -0.7518; by the approximation with tanh, too)."""
LEAST = 1e-6
"""A row whose largest value is less counts as one of this: it is divided by."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights (in, out) as whole numbers of at most 64, the scale of each column, and what is added."""

    levels: Any
    scale: Any
    bias: Any


@dataclass(slots=True)
class Draft:
    """A graph that grows: its steps and its constants."""

    steps: list[NodeProto] = field(default_factory=list)
    constants: list[TensorProto] = field(default_factory=list)

    def set(self, name: str, value: Any) -> str:
        """Add a constant and return its name."""
        self.constants.append(numpy_helper.from_array(numpy.ascontiguousarray(value), name))
        return name

    def do(self, kind: str, *given: str, **more: Any) -> str:
        """Add a step and return the name of what it gives."""
        name = f"{kind.lower()}{len(self.steps)}"
        self.steps.append(helper.make_node(kind, list(given), [name], **more))
        return name

    def multiply(self, rows: str, linear: Linear) -> str:
        """Add the product of some rows with the weights of a linear layer."""
        most = self.find_most(self.do("Abs", rows))
        whole = self.cut(rows, most, MOST, MIDDLE)
        return self.sum_up(whole, most, MOST, linear, MIDDLE)

    def multiply_bent(self, rows: str, linear: Linear) -> str:
        """Add the product of Gaussian error linear units, none below `-LOW`, with the weights of a layer.

        What is above that takes all 255 numbers: the vectors come out a fifth closer.
        """
        raised = self.do("Add", rows, self.number(LOW))
        most = self.find_most(raised)
        whole = self.cut(raised, most, 2 * MOST + 1, 0)
        taken = linear.bias - LOW * linear.scale * linear.levels.sum(0, dtype="int64")
        return self.sum_up(whole, most, 2 * MOST + 1, Linear(linear.levels, linear.scale, taken), 0)

    def find_most(self, rows: str) -> str:
        """Add the largest value of each row (pieces, 1)."""
        axis = self.set(f"axis{len(self.steps)}", numpy.array([1]))
        return self.do("Max", self.do("ReduceMax", rows, axis, keepdims=1), self.number(LEAST))

    def cut(self, rows: str, most: str, levels: int, middle: int) -> str:
        """Add the rows as whole numbers, `levels` for the largest of each; `middle` stands for 0."""
        share = self.do("Mul", rows, self.do("Div", self.number(levels), most))
        # Casting cuts off, so that half is added to round.
        return self.do("Cast", self.do("Add", share, self.number(middle + 0.5)), to=TensorProto.UINT8)

    def sum_up(self, whole: str, most: str, levels: int, linear: Linear, middle: int) -> str:
        """Add the product of whole numbers, brought back to the scale of rows and weights."""
        number = len(self.steps)
        summed = self.do(
            "MatMulInteger",
            whole,
            self.set(f"levels{number}", linear.levels),
            self.set(f"middle{number}", numpy.array(middle, "uint8")),
        )
        product = self.do("Mul", self.do("Cast", summed, to=TensorProto.FLOAT), most)
        scaled = self.do("Mul", product, self.set(f"scale{number}", (linear.scale / levels).astype("f")))
        return self.do("Add", scaled, self.set(f"bias{number}", linear.bias.astype("f")))

    def number(self, value: float) -> str:
        """Add a constant of one number."""
        return self.set(f"number{len(self.constants)}", numpy.array([value], "f"))

    def write(self, width: int) -> Any:
        """Return the graph from `rows` (pieces, width) to its last step, as bytes in a uint8 array."""
        last = self.steps[-1].output[0]
        graph = helper.make_graph(
            self.steps,
            "layer",
            [helper.make_tensor_value_info("rows", TensorProto.FLOAT, ["pieces", width])],
            [helper.make_tensor_value_info(last, TensorProto.FLOAT, ["pieces", None])],
            self.constants,
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
        return numpy.frombuffer(model.SerializeToString(deterministic=True), dtype="uint8")


def write_linear(linear: Linear) -> Any:
    """Return the graph of one product: queries, keys and values, or what attention gives."""
    draft = Draft()
    draft.multiply("rows", linear)
    return draft.write(len(linear.levels))


def write_feed(inner: Linear, outer: Linear) -> Any:
    """Return the graph of a feed-forward network: a product, Gaussian error linear units, a product."""
    draft = Draft()
    draft.multiply_bent(draft.do("Gelu", draft.multiply("rows", inner), approximate="tanh"), outer)
    return draft.write(len(inner.levels))
