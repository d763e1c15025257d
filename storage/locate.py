"""From an address in the settings to the plug behind it."""

from __future__ import annotations

from pathlib import Path

from storage.adapters.archive_folder import FolderArchive
from storage.adapters.blobs_folder import FolderBlobs
from storage.adapters.catalog_sqlite import open_catalog
from storage.catalog.database import Catalog
from storage.errors import UnknownAddress
from storage.ports import Archive, Blobs


def blobs(address: str, home: Path) -> Blobs:
    """`folder:` is the profile's own, `folder:PATH` another one. Raises UnknownAddress."""
    return FolderBlobs(_path(address, "folder", home / "blobs", home))


def catalog(address: str, home: Path) -> Catalog:
    """`sqlite:` is the profile's own, `sqlite:PATH` another one. Raises UnknownAddress, SchemaTooNew."""
    return open_catalog(_path(address, "sqlite", home / "catalog.sqlite", home))


def archive(address: str, home: Path) -> Archive:
    """`folder:` is the profile's own, `folder:PATH` another one. Raises UnknownAddress."""
    return FolderArchive(_path(address, "folder", home / "archive", home))


def _path(address: str, scheme: str, default: Path, home: Path) -> Path:
    found, colon, path = address.partition(":")
    if found != scheme or not colon:
        raise UnknownAddress(scheme=found, known=scheme)
    return home / Path(path).expanduser() if path else default
