"""Many processes on PostgreSQL and NATS: what must be as in one process, and what must go on when one of them ends."""
