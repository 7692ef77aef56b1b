"""Who may ask for what: names and origins, the token, rates, and the headers of every answer."""
