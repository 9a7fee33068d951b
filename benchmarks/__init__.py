"""
What is measured, against which peers; run by `make bench` (`python -m benchmarks`).

Start with `__main__.py`. Figures and how to read them: README.md.
"""
