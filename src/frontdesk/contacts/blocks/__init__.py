"""Contacts who may not come in, and networks from which nobody may."""
