"""The date phrases: a closed grammar, its tree, and evaluation with every step kept."""
