"""The only folder that knows the tables of staff; one file for each family of tables."""
