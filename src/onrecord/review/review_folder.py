from __future__ import annotations

from collections.abc import Sequence

from onrecord.records import Incident
from onrecord.review.decisions import JOIN_VERDICTS, Decision
from onrecord.review.keep_log import open_log
from onrecord.review.settle_cases import Records, Review, settle_review
from onrecord.store import Folder
from onrecord.store.links import Links


def review_folder(folder: Folder) -> Review:
    """Return what persons say of a folder, compared with what the coder says now."""
    return settle_review(open_log(folder).read(), folder.records)


def join_folder(folder: Folder, links: Links, review: Review) -> tuple[Incident, ...]:
    """Return the incidents of a folder with the merges and splits of persons."""
    gone, changed = join_touched(links, review.decisions, folder.records)
    if not gone:
        return links.incidents
    kept = [one for one in links.incidents if one.id not in gone]
    order = {one.id: place for place, one in enumerate(links.incidents)}
    return tuple(sorted((*kept, *changed), key=lambda one: (order.get(one.id, len(order)), one.id)))


def join_touched(
    links: Links, decisions: Sequence[Decision], records: Records
) -> tuple[set[str], tuple[Incident, ...]]:
    """Return the ids of the incidents that merges and splits of persons may touch, and what stands for them.

    The others need not be read for that.
    """
    pages = sorted(
        {anchor.page for one in decisions if one.verdict in JOIN_VERDICTS for anchor in one.reports}
    )
    if not pages:
        return set(), ()
    from onrecord.review.join_reports import join_reports  # brings all that links reports

    names = links.incidents_of(pages)
    touched = [one for name in names if (one := links.incident(name)) is not None]
    return set(names), join_reports(touched, links.copies if names else (), decisions, records)


def export_review(folder: Folder) -> dict[str, str]:
    """Return the files of a review by name: cases for the codebook tests and gold files for scorers."""
    from onrecord.review.export_cases import write_cases
    from onrecord.review.export_gold import write_gold

    review = review_folder(folder)
    incidents = join_folder(folder, folder.links(), review)
    pages = sorted(
        {one.page for one in review.decisions}
        | {report.page for one in review.decisions for report in one.reports}
    )
    gold = write_gold(review, incidents, folder.records(pages) if pages else ())
    return {"cases.toml": write_cases(review), **gold}
