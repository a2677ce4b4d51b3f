"""Paper: a document as blocks of finished strings, set as tagged PDF and as a Word file; it knows of no subject."""
