"""Pictures that come in, thumbnails of those that are there, and archives of what runs made."""
