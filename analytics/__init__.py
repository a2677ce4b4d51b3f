"""Kvalitetsdialog's own package: files in, published figures, charts and documents. No Streamlit anywhere in here."""
