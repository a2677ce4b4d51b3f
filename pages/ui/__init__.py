"""What pages share."""

import gc

# What is read in as a server starts stays: to look through it for what could be let go takes a tenth of the start.
gc.set_threshold(50_000, 20, 20)
