"""Laboratory files in: each reader turns a file into candidates and never writes."""
