"""What the frozen program runs: the same entry as `python -m b12desk`."""

from b12desk.__main__ import main

main()
