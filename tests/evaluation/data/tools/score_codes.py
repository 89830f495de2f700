"""Score whether any event was read: a scorer as a data folder brings one."""

import json
import sys
from pathlib import Path

lines = (Path(path).read_text(encoding="utf-8").splitlines() for path in sys.argv[1:3])
gold, records = ([json.loads(line) for line in some] for some in lines)
read = {record["page"]["id"] for record in records if record["events"]}
hits = sum(page["id"] in read for page in gold)
print(f"records {len(records)}/{len(gold)}")
print(f"plv any event in the sentence      P 1.000 R {hits / len(gold):.3f}  ({hits} of {len(gold)})")
print(f"codes score: {hits / len(gold):.3f}")
