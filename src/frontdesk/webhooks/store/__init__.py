"""The SQL of webhooks: the only place that knows their tables."""
