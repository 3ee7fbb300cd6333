"""Floor: rows inserted, committed, and one label repainted. Argument: a new database file.

The diary's own settings hold: WAL, synchronous FULL.
"""

import sys
import time
from statistics import median

import sqlcipher3
from PySide6.QtWidgets import QApplication, QLabel

CLICKS = 12

database = sqlcipher3.connect(sys.argv[1])
database.execute("pragma journal_mode = wal")
database.execute("pragma synchronous = full")
database.execute(
    "create table if not exists score (id text primary key, day text, symptom text, value integer)"
)
app = QApplication(sys.argv)
label = QLabel("nothing saved")
label.show()
app.processEvents()
seconds = []
for number in range(CLICKS):
    started = time.perf_counter()
    database.execute("insert into score values (?, '2026-11-21', 'numbness', 4)", (f"{time.time_ns()}",))
    database.commit()
    label.setText(f"saved {number}")
    label.repaint()
    app.processEvents()
    seconds.append(time.perf_counter() - started)
print("saved", median(seconds[2:]), flush=True)
