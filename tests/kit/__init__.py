"""What tests share: server processes and an independent realtime client."""
