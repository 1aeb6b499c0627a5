"""What a page shows: MyST, pictures, the record by paragraph and by speaker, downloads."""
