"""The vocabulary: frozen dataclasses, enums and errors. Everything else speaks it."""
