"""The statistical methods, a module each: pure functions of figures."""
