"""Browsers that talk to the app in this process."""

from tests.api.conftest import new_client

__all__ = ["new_client"]
