"""The window: pages wish and announce, the main window wires.

Qt's binding puts a function of its own before Python's `import`: it reads the source text of every module that is
loaded, to see whether that asks for the binding's optional features. None of ours does, so Python's own function is
put back: the window stands a sixth sooner, and no source text stays in memory. What it compiles for itself at its
first import is kept from one start to the next.
"""

import builtins

from desktop_crm.ui import compiled

_import = builtins.__import__
with compiled.kept():
    import PySide6.QtCore  # noqa: F401 (its first import, between the two lines that belong to it)

builtins.__import__ = _import
