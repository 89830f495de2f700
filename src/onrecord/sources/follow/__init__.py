"""Feeds that are asked again and again, politely, for what is new."""

from onrecord.sources.follow.follow_pass import follow_pass
from onrecord.sources.follow.follow_state import FollowState, load_state, save_state
from onrecord.sources.follow.polite_web import Clock, PoliteWeb
from onrecord.sources.follow.read_list import FeedList, Followed, read_list

__all__ = [
    "Clock",
    "FeedList",
    "FollowState",
    "Followed",
    "PoliteWeb",
    "follow_pass",
    "load_state",
    "read_list",
    "save_state",
]
