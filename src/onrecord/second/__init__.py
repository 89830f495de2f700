"""A language model as one more reviewer: asked closed questions, held to the words of the page, counted."""

from onrecord.second.ask_endpoint import Endpoint
from onrecord.second.ask_questions import Outcome, ask_questions
from onrecord.second.choose_questions import Choice, choose_questions
from onrecord.second.frame_question import MOST_TOKENS, Question, name_reviewer, show_prompt
from onrecord.second.keep_answers import open_answers
from onrecord.second.keep_decisions import keep_decisions
from onrecord.second.measure_reader import measure_reader

__all__ = [
    "MOST_TOKENS",
    "Choice",
    "Endpoint",
    "Outcome",
    "Question",
    "ask_questions",
    "choose_questions",
    "keep_decisions",
    "measure_reader",
    "name_reviewer",
    "open_answers",
    "show_prompt",
]
