"""The real realtime client of the web pages, in many tabs, against a real server behind lines that are bad in every way."""
