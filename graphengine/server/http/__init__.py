"""What every route is made of: its declaration, reading requests, and writing answers and errors."""
