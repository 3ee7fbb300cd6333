"""Floor: a bare PySide6 window."""

import sys

from paint import FirstPaint
from PySide6.QtWidgets import QApplication, QMainWindow

app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1100, 760)
window.show()
FirstPaint(window)
app.exec()
