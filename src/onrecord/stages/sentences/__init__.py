"""Sentences with parsed tokens; the only stage that loads a language model."""

from onrecord.stages.sentences.parse_sentences import model_name, parse_sentences

__all__ = ["model_name", "parse_sentences"]
