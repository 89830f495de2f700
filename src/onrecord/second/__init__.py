"""A language model as one more reviewer: asked closed questions, held to the words of the page, counted."""

from onrecord.second.ask_endpoint import Endpoint
from onrecord.second.ask_questions import Outcome, ask_questions
from onrecord.second.choose_questions import Choice, choose_questions
from onrecord.second.frame_question import MOST_TOKENS, Question, name_reviewer, show_prompt
from onrecord.second.keep_answers import Answers, open_answers
from onrecord.second.keep_decisions import keep_decisions
from onrecord.second.measure_reader import Gain, list_readers, measure_reader

__all__ = [
    "MOST_TOKENS",
    "Answers",
    "Choice",
    "Endpoint",
    "Gain",
    "Outcome",
    "Question",
    "ask_questions",
    "choose_questions",
    "keep_decisions",
    "list_readers",
    "measure_reader",
    "name_reviewer",
    "open_answers",
    "show_prompt",
]
