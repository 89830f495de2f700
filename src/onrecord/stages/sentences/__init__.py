"""Sentences with parsed tokens; the only stage that loads a language model."""

from onrecord.stages.sentences.learn_words import learn_words
from onrecord.stages.sentences.parse_sentences import memory_zone, model_name, parse_sentences

__all__ = ["learn_words", "memory_zone", "model_name", "parse_sentences"]
