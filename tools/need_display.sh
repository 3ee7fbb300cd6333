#!/bin/sh
# Ends with one line where no window can open: no X11 or Wayland display on Linux.
if [ "$(uname -s)" = Linux ] && [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "B12 Desk found no screen: call 'make run' on a desktop, over 'ssh -X', or as 'xvfb-run make run'." >&2
    exit 1
fi
