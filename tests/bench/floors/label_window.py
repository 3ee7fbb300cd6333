"""Floor: a window that imports sqlite_utils, opens the diary and shows one label. Argument: the diary."""

import sys

import sqlcipher3
import sqlite_utils
from paint import FirstPaint
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

database = sqlite_utils.Database(sqlcipher3.connect(sys.argv[1]))
tables = database.execute("select count(*) from sqlite_master").fetchone()[0]
app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLabel(f"{tables} tables"))
window.resize(1100, 760)
window.show()
FirstPaint(window)
app.exec()
