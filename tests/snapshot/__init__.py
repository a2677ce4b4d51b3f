"""What the product gives to anybody who asks, as texts to hold a later state of it against: every page in its choices,
every export. For work that moves much and must change nothing.

`python -m tests.snapshot take FILE` builds a demo store and keeps everything; `compare FILE` takes it anew and tells
what differs. Keys name commands, addresses and choices, never modules. `product` alone imports the product, so that a
move is followed there.
"""
