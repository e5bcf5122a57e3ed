"""Where photos lie: one port, and the disk behind it."""

from __future__ import annotations

from functools import lru_cache

from propapp.core.settings import settings
from propapp.core.stores.disk import DiskPhotoStore
from propapp.core.stores.likeness import Likeness
from propapp.core.stores.port import Form, PhotoStore, Picture

__all__ = ["DiskPhotoStore", "Form", "Likeness", "PhotoStore", "Picture", "photo_store"]


def photo_store() -> PhotoStore:
    """The configured store."""
    return _disk(str(settings().photo_folder.resolve()))


@lru_cache(maxsize=4)
def _disk(folder: str) -> DiskPhotoStore:
    return DiskPhotoStore(folder)
