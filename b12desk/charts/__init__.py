"""Pictures: data in, matplotlib Figure out; no Qt and no pyplot."""
