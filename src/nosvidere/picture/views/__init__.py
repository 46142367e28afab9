"""Pages: figures (the first page, the picture, publishing) and estimates (the dark figure)."""
