"""Floor: expat with an empty start handler over a whole XML file. Argument: the file."""

import re
import sys
import time
from xml.parsers import expat

started = time.perf_counter()
parser = expat.ParserCreate()
parser.StartElementHandler = lambda name, attributes: None
with open(sys.argv[1], "rb") as stream:  # noqa: PTH123
    parser.ParseFile(stream)
seconds = time.perf_counter() - started
with open("/proc/self/status") as status:  # noqa: PTH123
    peak = re.search(r"VmHWM:\s+(\d+)", status.read())
print("read", seconds, peak[1] if peak else 0, flush=True)
