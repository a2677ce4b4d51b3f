"""A store that several machines share: DuckLake with PostgreSQL as its catalogue, and a working folder a machine."""
