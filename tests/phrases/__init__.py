"""Proof of the counting and of the phrases: a day-by-day oracle, laws, numpy, the fine print by the sentence."""
