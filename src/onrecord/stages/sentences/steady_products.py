"""Matrix products in which a row comes out with the same bits whatever stands beside it.

A BLAS adds up the terms of an element in an order that depends on the shape of the product, and some
kernels (those of OpenBLAS for Haswell and Zen) on the place of the row as well, so that a word vector
could differ in its last bits between a page alone and the same page in a batch. Rows are therefore
multiplied in blocks of a fixed size, the last one filled with zeros, and a form of blocks is used for
weights of some shape only after a check that a row gives the same bits at each place of a block.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy
from numpy.typing import NDArray
from thinc.api import NumpyOps

Floats = NDArray[numpy.float32]
Multiply = Callable[[Floats, Floats], Floats]
"""Takes blocks of rows (blocks, rows, ins) and weights (ins, outs); returns (blocks, rows, outs)."""

PROBES = 4
"""Vectors that are tried at each place of a block, with random numbers as large as a network's own."""


def multiply_by_rows(blocks: Floats, weights: Floats) -> Floats:
    """Return the products as BLAS gives them for a block of rows."""
    product: Floats = blocks @ weights
    return product


def multiply_by_columns(blocks: Floats, weights: Floats) -> Floats:
    """Return the products with rows and columns of a block exchanged for BLAS."""
    turned = weights.T @ blocks.transpose(0, 2, 1)
    return turned.transpose(0, 2, 1)


def multiply_in_order(blocks: Floats, weights: Floats) -> Floats:
    """Return the products without BLAS: each element is added up by itself, ten times as slow."""
    product: Floats = numpy.einsum("brk,ok->bro", blocks, numpy.ascontiguousarray(weights.T))
    return product


FORMS: tuple[tuple[int, Multiply], ...] = ((64, multiply_by_rows), (16, multiply_by_columns))
"""Rows of a block and how it is multiplied, the fastest first (measured: 64 rows take as long as 512).
The second is for Haswell and Zen, where the places of up to 8 rows are alike, and of 16 columns."""
LAST_FORM = (16, multiply_in_order)
"""What is left to a kernel for which no form passes the check."""


def multiply(rows: Floats, weights: Floats) -> Floats:
    """Return the matrix product of rows (rows, ins) and weights (ins, outs), each row's bits its own."""
    size, form = choose_form(*weights.shape, weights.flags.c_contiguous)
    missing = -len(rows) % size
    if missing:
        filled = numpy.zeros((len(rows) + missing, rows.shape[1]), dtype=rows.dtype)
        filled[: len(rows)] = rows
    else:
        filled = numpy.ascontiguousarray(rows)
    product = form(filled.reshape(-1, size, rows.shape[1]), weights)
    return numpy.ascontiguousarray(product.reshape(-1, weights.shape[1])[: len(rows)])


@cache
def choose_form(ins: int, outs: int, is_row_major: bool) -> tuple[int, Multiply]:
    """Return the first form of blocks that is steady for weights of a shape, decided once a process."""
    return next((form for form in FORMS if is_steady(*form, ins, outs, is_row_major)), LAST_FORM)


def is_steady(size: int, form: Multiply, ins: int, outs: int, is_row_major: bool) -> bool:
    """Return whether a row gives the same bits at all places of a block."""
    dice = numpy.random.default_rng(1)
    weights = dice.standard_normal((ins, outs) if is_row_major else (outs, ins), dtype="f")
    probes = dice.standard_normal((PROBES, 1, ins), dtype="f")
    products = form(numpy.repeat(probes, size, axis=1), weights if is_row_major else weights.T)
    return bool((products == products[:, :1]).all())


class SteadyOps(NumpyOps):  # type: ignore[misc]
    """Operations of thinc whose products come from `multiply`."""

    def __init__(self) -> None:
        super().__init__(use_blis=False)

    def gemm(self, x: Any, y: Any, *, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """Return the product of two matrices; `trans1`, which only training needs, is left to thinc."""
        if trans1:
            return super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
        product = multiply(x, y.T if trans2 else y)
        if out is None:
            return product
        out[:] = product
        return out
