"""The record folder: Parquet parts that are written once, and DuckDB over them."""

from onrecord.store.compare_records import compare_records
from onrecord.store.disk import Disk, encode_json
from onrecord.store.folder import Folder, is_folder, open_folder
from onrecord.store.join_parts import Compaction, join_parts
from onrecord.store.parts import PackedPart, pack_part
from onrecord.store.tables import Coding, Failure

__all__ = [
    "Coding",
    "Compaction",
    "Disk",
    "Failure",
    "Folder",
    "PackedPart",
    "compare_records",
    "encode_json",
    "is_folder",
    "join_parts",
    "open_folder",
    "pack_part",
]
