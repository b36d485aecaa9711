"""Real browsers side by side: visitors on the demo shop's page, agents at the console, one server for each module."""
