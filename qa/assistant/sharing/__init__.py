"""One process owns an archive, and everyone else asks it: through a Unix socket in the data folder (SO_PEERCRED)."""
