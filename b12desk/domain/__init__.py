"""What the diary knows: records, plans, schedule, units and symptoms; pure, without Qt, SQL or files."""
