"""The app as processes on a machine: what is started, kept running, and what stands before several of them."""
