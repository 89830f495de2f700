from __future__ import annotations

import json

import floors
import pytest

REPORT = """
## harbours

```text
pages 4
ships seen     P 0.900 R 0.800 F1 0.847  (9 right)
flags          0.750  (3/4)
```
"""
FLOORS = {"ship": [{"set": "harbours", "row": "ships seen", "precision": 0.89, "recall": 0.79}]}


def test_no_figure_of_the_accuracy_report_is_below_its_floor() -> None:
    held = json.loads(floors.FLOORS.read_text(encoding="utf-8"))
    assert list(floors.find_breaches(held, floors.ACCURACY.read_text(encoding="utf-8"))) == []


def test_every_row_has_a_floor() -> None:
    held = json.loads(floors.FLOORS.read_text(encoding="utf-8"))
    assert all(set(row) & set(floors.MEASURES) for rows in held.values() for row in rows)


def test_figures_are_read_by_set_and_row() -> None:
    assert floors.read_figures(REPORT, "harbours", "ships seen") == {"precision": 0.9, "recall": 0.8}
    assert floors.read_figures(REPORT, "harbours", "flags") == {"recall": 0.75}
    with pytest.raises(KeyError, match="harbours: gulls"):
        floors.read_figures(REPORT, "harbours", "gulls")


def test_a_fall_below_the_floor_is_told() -> None:
    fallen = REPORT.replace("P 0.900", "P 0.880")
    assert not list(floors.find_breaches(FLOORS, REPORT))
    (told,) = floors.find_breaches(FLOORS, fallen)
    assert told == "ship, harbours: ships seen: precision 0.880 is below 0.890"
    (told,) = floors.find_breaches(FLOORS, "")
    assert "no such row" in told


def test_lowering_a_floor_takes_a_new_reason() -> None:
    lower = {"ship": [{**FLOORS["ship"][0], "recall": 0.7}]}
    (told,) = floors.find_lowered(lower, FLOORS)
    assert "the floor of recall is lower" in told
    assert list(floors.find_lowered({}, FLOORS))
    lower["ship"][0]["lowered"] = "ships under sail are no longer counted"
    assert not list(floors.find_lowered(lower, FLOORS))
    lowest = {"ship": [{**lower["ship"][0], "recall": 0.6}]}
    assert list(floors.find_lowered(lowest, lower))


def test_floors_are_lifted_and_never_lowered() -> None:
    assert (
        floors.raise_floors({"ship": [{"set": "harbours", "row": "flags"}]}, REPORT)["ship"][0]["recall"]
        == 0.74
    )
    high = {"ship": [{**FLOORS["ship"][0], "recall": 0.95}]}
    assert floors.raise_floors(high, REPORT)["ship"][0]["recall"] == 0.95
