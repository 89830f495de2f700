from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import numpy
import pytest

from onrecord.stages.sentences import steady_products
from onrecord.stages.sentences.steady_products import (
    LAST_FORM,
    Floats,
    choose_form,
    is_steady,
    multiply,
)

KERNELS = ("Haswell", "Zen", "SkylakeX", "Cooperlake", "Sapphirerapids", "Nehalem", "Sandybridge", "Prescott")
"""Kernels of OpenBLAS; one that it lacks, or that the processor cannot run, stands for another one."""
DIGEST = Path(__file__).parent / "digest_vectors.py"
SHAPES = [(288, 288), (96, 64), (64, 128), (64, 74), (480, 288)]
"""Weights (ins, outs) such as the model has."""


def run(code: list[str], kernel: str, threads: int = 1) -> subprocess.CompletedProcess[str]:
    """Run Python with a kernel of OpenBLAS, which says on stderr which one it took."""
    chosen = {"OPENBLAS_CORETYPE": kernel, "OPENBLAS_NUM_THREADS": str(threads), "OPENBLAS_VERBOSE": "2"}
    return subprocess.run(
        [sys.executable, *code], capture_output=True, text=True, env={**os.environ, **chosen}, timeout=600
    )


def runnable_kernels() -> list[str]:
    """Return kernels that differ and that this processor runs; others die of an illegal instruction."""
    multiplies = "import numpy; x = numpy.ones((64, 64), dtype='f'); x @ x"
    found: dict[str, str] = {}
    for kernel in KERNELS:
        done = run(["-c", multiplies], kernel)
        taken = re.findall(r"Core: (\w+)", done.stderr)
        if done.returncode == 0 and taken:
            found.setdefault(taken[-1], kernel)
    return list(found.values())


def random_matrix(*shape: int) -> Floats:
    return numpy.random.default_rng(3).standard_normal(shape, dtype="f")


def test_word_vectors_are_the_same_alone_and_in_any_batch_under_every_kernel() -> None:
    for kernel in runnable_kernels() or [""]:
        done = run([str(DIGEST)], kernel)
        assert done.returncode == 0, done.stderr
        assert len(set(done.stdout.split())) == 1, kernel


def test_word_vectors_do_not_depend_on_the_threads_of_the_product() -> None:
    one, two = (run([str(DIGEST)], "", threads).stdout for threads in (1, 2))
    assert one
    assert one == two


@pytest.mark.parametrize("shape", SHAPES)
def test_products_are_those_of_numpy(shape: tuple[int, int]) -> None:
    rows, weights = random_matrix(75, shape[0]), random_matrix(*shape)
    assert numpy.allclose(multiply(rows, weights), rows @ weights, atol=1e-3)


@pytest.mark.parametrize("shape", SHAPES)
def test_a_row_has_the_same_bits_at_every_place_among_any_number_of_rows(shape: tuple[int, int]) -> None:
    rows = random_matrix(150, shape[0])
    for weights in (random_matrix(*shape), random_matrix(shape[1], shape[0]).T):
        together = multiply(rows, weights)
        for count in (1, 7, 16, 33, 64, 65, 130):
            assert numpy.array_equal(multiply(rows[:count], weights), together[:count])
            assert numpy.array_equal(multiply(rows[-count:], weights), together[-count:])


def test_nothing_comes_of_no_rows() -> None:
    assert multiply(random_matrix(0, 96), random_matrix(96, 64)).shape == (0, 64)


def test_a_form_that_is_not_steady_is_noticed() -> None:
    def multiply_by_turns(blocks: Floats, weights: Floats) -> Floats:
        """Add up the terms of every other row from the back."""
        product = blocks @ weights
        product[:, ::2] = blocks[:, ::2, ::-1] @ weights[::-1]
        return product

    assert not is_steady(64, multiply_by_turns, 96, 64, True)
    assert is_steady(*LAST_FORM, 96, 64, True)


def test_without_a_steady_form_the_product_is_made_without_blas(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, weights = random_matrix(75, 96), random_matrix(96, 64)
    expected = multiply(rows, weights)
    monkeypatch.setattr(steady_products, "FORMS", ())
    choose_form.cache_clear()
    try:
        product = multiply(rows, weights)
        assert numpy.allclose(product, expected, atol=1e-3)
        assert numpy.array_equal(multiply(rows[:5], weights), product[:5])
    finally:
        choose_form.cache_clear()
