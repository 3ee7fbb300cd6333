"""Floor: a bare window with one matplotlib canvas."""

import sys

from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.figure import Figure
from paint import FirstPaint
from PySide6.QtWidgets import QApplication, QMainWindow

app = QApplication(sys.argv)
window = QMainWindow()
figure = Figure(figsize=(11, 7), dpi=100)
figure.subplots().plot([0, 1], [0, 1])
window.setCentralWidget(FigureCanvasQTAgg(figure))
window.resize(1100, 760)
window.show()
FirstPaint(window)
app.exec()
