"""Tests of messages: what they are, and what is wrong with anybody's."""
