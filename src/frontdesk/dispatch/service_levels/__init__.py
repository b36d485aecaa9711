"""Service levels: within what time a team means to answer and to finish, and whether it did."""
