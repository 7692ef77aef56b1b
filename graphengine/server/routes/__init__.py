"""The routes, a module per subject: each is declared once, with what it takes and gives."""
