"""Start Dask workers as Slurm jobs and code into a record folder with them.

usage: slurm.py INPUT... --out DIR [--jobs 10] [--cores 8] [--show]

Needs the extra `cluster` (dask-jobqueue) and onrecord in the same virtual environment on all nodes. Only
this process reads the inputs and writes the folder, so the nodes need no shared disk but the
environment. `--show` prints the job script instead of submitting it.
"""

from __future__ import annotations

import argparse
import datetime

from dask_jobqueue import SLURMCluster

from onrecord.scale import Job, code_folder


def make_cluster(cores: int) -> SLURMCluster:
    """Return a cluster whose jobs have a worker process for each core, with 1 GB each."""
    return SLURMCluster(
        cores=cores,
        processes=cores,
        memory=f"{cores} GB",
        walltime="04:00:00",
        job_extra_directives=["--nice=100"],
        scheduler_options={"dashboard_address": ":0"},
    )


def main() -> None:
    """Code the inputs on a cluster of jobs; when it is stopped, the same command goes on from there."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("inputs", nargs="+")
    options.add_argument("--out", required=True)
    options.add_argument("--jobs", type=int, default=10)
    options.add_argument("--cores", type=int, default=8)
    options.add_argument("--show", action="store_true")
    args = options.parse_args()
    with make_cluster(args.cores) as cluster:
        if args.show:
            print(cluster.job_script())
            return
        cluster.scale(jobs=args.jobs)
        today = datetime.date.today().isoformat()
        job = Job(tuple(args.inputs), args.out, today, scheduler=cluster.scheduler_address)
        summary = code_folder(job, lambda now: print(f"{now.pages} pages", flush=True))
        print(f"{summary.pages} pages, {summary.events} events, {summary.errors} errors")


if __name__ == "__main__":
    main()
