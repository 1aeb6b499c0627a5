"""What a page shows: MyST, pictures, paragraphs, speakers and downloads."""
