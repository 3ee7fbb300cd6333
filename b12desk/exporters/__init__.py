"""The diary out: records to files that others read."""
