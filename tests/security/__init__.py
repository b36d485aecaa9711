"""Hostile callers and hostile input, against the running application."""
