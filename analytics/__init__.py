"""Kvalitetsdialog's own package: files in, published figures, charts and documents. No Streamlit anywhere in here."""

import os

# The matrices of the methods are small: threads of BLAS that wait for each other over them took three quarters of the
# time that it took to publish a small city. It is read when numpy is first imported, so it stands before all else.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
