"""`python -m analytics` is the `kvalitet` command."""

from analytics.cli import main

main()
