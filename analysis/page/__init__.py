"""What a page shows: MyST, pictures, the paragraphs of the record, and downloads."""
