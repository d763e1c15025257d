"""Alembic's entry: runs the migrations in the transaction that storage.catalog.schema began."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
