"""Publishing: every figure of a version, computed once, with what must be hidden left out."""
