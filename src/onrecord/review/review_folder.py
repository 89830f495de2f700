from __future__ import annotations

from onrecord.records import Incident
from onrecord.review.export_cases import write_cases
from onrecord.review.export_gold import write_gold
from onrecord.review.join_reports import join_reports
from onrecord.review.keep_log import open_log
from onrecord.review.settle_cases import Review, settle_review
from onrecord.store import Folder
from onrecord.store.load_links import Links


def review_folder(folder: Folder) -> Review:
    """Return what persons say of a folder, compared with what the coder says now."""
    return settle_review(open_log(folder).read(), folder.records)


def join_folder(folder: Folder, links: Links, review: Review) -> tuple[Incident, ...]:
    """Return the incidents of a folder with the merges and splits of persons."""
    return join_reports(links.incidents, links.copies, review.decisions, folder.records)


def export_review(folder: Folder) -> dict[str, str]:
    """Return the files of a review by name: cases for the codebook tests and gold files for scorers."""
    review = review_folder(folder)
    incidents = join_folder(folder, folder.links(), review)
    pages = sorted(
        {one.page for one in review.decisions}
        | {report.page for one in review.decisions for report in one.reports}
    )
    gold = write_gold(review, incidents, folder.records(pages) if pages else ())
    return {"cases.toml": write_cases(review), **gold}
