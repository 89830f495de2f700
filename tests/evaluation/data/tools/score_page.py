"""Score whether the day of a page was taken from the reading beside it."""

import json
import sys
from pathlib import Path

expected, record = (json.loads(Path(path).read_text(encoding="utf-8")) for path in sys.argv[2:4])
print(f"page score: {float(record['page']['published'] == expected['published']):.3f}")
