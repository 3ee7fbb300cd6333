"""B12 Desk: a private desktop diary for people on vitamin B12 injections."""

__version__ = "0.1.0"
