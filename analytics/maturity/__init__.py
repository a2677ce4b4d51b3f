"""The figures: computed once when a version is published, and asked for by pages and exports."""
