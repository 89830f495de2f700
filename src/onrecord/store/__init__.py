"""The record folder: Parquet parts that are written once, and DuckDB over them.

What writes parts is imported from its own modules: it brings Arrow, which takes longer than to open a folder.
"""

from onrecord.store.compare_records import compare_records
from onrecord.store.disk import Disk, encode_json
from onrecord.store.find_alarms import Alarm, find_alarms, judge_pages
from onrecord.store.folder import Folder, is_folder, open_folder
from onrecord.store.tables import Coding, Failure

__all__ = [
    "Alarm",
    "Coding",
    "Disk",
    "Failure",
    "Folder",
    "compare_records",
    "encode_json",
    "find_alarms",
    "is_folder",
    "judge_pages",
    "open_folder",
]
