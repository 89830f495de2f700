"""What people say of the record: kept beside a folder, never in it, and compared with the coder."""

from onrecord.review.decisions import Account, Anchor, Decision, Side
from onrecord.review.describe_event import describe_event, point_at
from onrecord.review.keep_log import Log, open_log
from onrecord.review.measure_agreement import measure_agreement
from onrecord.review.measure_precision import measure_precision
from onrecord.review.review_folder import export_review, join_folder, join_touched, review_folder
from onrecord.review.settle_cases import Case, Review, settle_review

__all__ = [
    "Account",
    "Anchor",
    "Case",
    "Decision",
    "Log",
    "Review",
    "Side",
    "describe_event",
    "export_review",
    "join_folder",
    "join_touched",
    "measure_agreement",
    "measure_precision",
    "open_log",
    "point_at",
    "review_folder",
    "settle_review",
]
