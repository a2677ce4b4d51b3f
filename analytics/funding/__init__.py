"""EU funding: the project register, the yearly report, what to mend in it, and funding beside maturity."""
