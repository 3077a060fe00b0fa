"""From frozen words to a PDF and a picture. Nothing here reads or writes the database."""
