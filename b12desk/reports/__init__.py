"""Paper: records and figures to a document, and the document to PDF."""
