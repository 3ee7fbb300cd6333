"""What the Labs page is made of: the table, the form, and the review before an import."""
