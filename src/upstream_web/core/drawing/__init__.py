"""Drawings that stand in the page itself: numbers in words, marks in table cells, maps without scripts."""
