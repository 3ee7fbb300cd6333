"""The system's own scheduler, asked to start a reminder pass every few minutes; only on the person's word."""
