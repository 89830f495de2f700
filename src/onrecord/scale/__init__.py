"""Many pages: shards of input to parts of a record folder, in this process or on Dask."""

from onrecord.scale.code_folder import Job, code_folder, count_new
from onrecord.scale.run_tasks import Stop
from onrecord.scale.summary import Summary

__all__ = ["Job", "Stop", "Summary", "code_folder", "count_new"]
