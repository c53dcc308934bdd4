"""Feeds: asking for them, putting in what is new, and doing both by itself while a server runs."""
