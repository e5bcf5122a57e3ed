"""Browsers that talk to the app in this process."""

from tests.api.conftest import guard, new_client, signed_in, site

__all__ = ["guard", "new_client", "signed_in", "site"]
