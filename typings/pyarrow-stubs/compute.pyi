# PyArrow makes the functions of this module when it is imported, so that a type checker finds none of them.
from collections.abc import Callable
from typing import Any

def __getattr__(name: str) -> Callable[..., Any]: ...
