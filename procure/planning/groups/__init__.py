"""Buying together: who pays what, and the state of a group at a day."""
