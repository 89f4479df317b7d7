"""Marks for tests of what one database engine alone has."""

import pytest
from django.db import connection

on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="Only PostgreSQL has this.")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="Only SQLite has this.")
