"""The catalog's tables in a PostgreSQL database."""

from qa.catalog.postgres.database import PostgresDatabase

__all__ = ["PostgresDatabase"]
