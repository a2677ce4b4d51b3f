"""Open data: the published figures and registers as files that anybody may read, with what describes them.

A table is asked for as it is published (`tables`), written as CSV, Parquet and DuckDB (`folder`), and described for
people (`readme`), for programs (`datapackage`) and for portals (`catalogue`, DCAT-AP-SE 3).
"""
