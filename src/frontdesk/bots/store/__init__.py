"""The SQL of bots: the only place that knows its tables."""
