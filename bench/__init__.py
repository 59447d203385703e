"""Ratios of speed: each figure beside a peer or the physical limit, in one run. Nothing here is asserted."""
