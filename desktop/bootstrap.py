"""The only place where addresses become live services."""

from __future__ import annotations

import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from desktop import incidents, settings
from desktop.settings import Settings
from desktop.workflow.executor import open_executor
from desktop.workflow.services import Services, Workers
from signing.model import OnlineAccess
from storage.files.profile import lock
from storage.ports import Archive


@contextmanager
def open_workers(
    jobs: int | None = None,
    chosen: Settings | None = None,
    ready: Callable[[str], None] | None = None,
) -> Iterator[Workers]:
    """Worker processes for stateless steps; gone when the block ends. `ready` is called first in each, with
    the address of the engine."""
    chosen = chosen or settings.load(settings.default_home())
    address = f"processes:{jobs}" if jobs else chosen.executor
    executor = open_executor(address, partial(ready, chosen.engine) if ready else None)
    try:
        yield Workers(executor, chosen.engine, chosen.page_limit_s, chosen.verify_limit_s)
    finally:
        executor.close()


@contextmanager
def open_services(home: Path | None = None, write: bool = True) -> Iterator[Services]:
    """Open a profile, made when it is not there. Raises ProfileBusy when another process writes to it."""
    from storage import locate  # loads the database toolkit, which stateless commands do without

    home = home or settings.default_home()
    chosen = settings.load(home)
    incidents.log_to(home)
    with ExitStack() as stack:
        if write:
            stack.enter_context(lock(home))
        catalog = locate.catalog(chosen.catalog, home)
        stack.callback(catalog.close)
        workers = stack.enter_context(open_workers(chosen=chosen))
        yield Services(
            home,
            chosen,
            catalog,
            locate.blobs(chosen.blobs, home),
            locate.archive(chosen.archive, home),
            workers,
            actor(chosen),
        )


def with_settings(services: Services) -> Services:
    """The same profile as its settings are now: what was chosen at opening may have been changed since."""
    chosen = settings.load(services.home)
    return replace(services, settings=chosen, actor=actor(chosen))


def trust_folders(home: Path | None = None) -> tuple[Path, ...]:
    """Where this profile keeps the certificates it trusts, the practice office's among them."""
    home = home or settings.default_home()
    return tuple(folder for folder in (home / "trust", home / "practice" / "trust") if folder.is_dir())


def trust_home(home: Path | None = None) -> Path:
    """The folder of certificates that were added by hand."""
    return (home or settings.default_home()) / "trust"


def online_access(consent: bool | None = None, home: Path | None = None) -> OnlineAccess:
    """What may be asked of the network: `consent` of the caller, else the setting; the cache always helps."""
    home = home or settings.default_home()
    chosen = settings.load(home)
    fetch = chosen.online if consent is None else consent
    return OnlineAccess(home / "online", fetch, chosen.online_private)


def archive(address: str, home: Path) -> Archive:
    """The archive at an address given by hand."""
    from storage import locate

    return locate.archive(address, home)


def actor(chosen: Settings) -> str:
    """Who works here: the clerk of the settings, or the user of this computer."""
    return chosen.operator or os.environ.get("TRAMSO_ACTOR") or getpass.getuser()
