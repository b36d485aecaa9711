"""The SQL of push. The only folder that knows its tables."""
