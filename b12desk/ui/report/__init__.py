"""What the Report page is made of: the choices and the pages as they will be printed."""
