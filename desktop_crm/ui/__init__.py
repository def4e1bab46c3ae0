"""The window: pages wish and announce, the main window wires.

Qt's binding puts a function of its own before Python's `import`: it reads the source text of every module that is
loaded, to see whether that asks for the binding's optional features. None of ours does, so Python's own function is
put back: the window stands a sixth sooner, and no source text stays in memory.
"""

import builtins

_import = builtins.__import__
import PySide6.QtCore  # noqa: E402, F401 (its first import, between the two lines that belong to it)

builtins.__import__ = _import
