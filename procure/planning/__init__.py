"""Planning: what to change for the least effort. Knows the nouns and nothing of law or files."""
