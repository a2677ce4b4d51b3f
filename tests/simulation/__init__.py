"""Whether the rules of analytics.maturity keep what they promise, on schools whose true levels are known.

`python -m tests.simulation` (make simulate) writes data/method/simulations.json; data/method/README.md tells what each
figure is.
"""
