"""The published ledger: a promise kept over years."""
