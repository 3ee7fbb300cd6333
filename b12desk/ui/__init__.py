"""The window: pages, dialogs, tables and widgets."""
