"""The SQL of dispatch. The only folder that knows its tables."""
