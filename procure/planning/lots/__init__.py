"""Designs lots: sensible lots that enough firms are able to take, and the best cut made of them."""
