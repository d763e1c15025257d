"""What can go wrong while keeping things. Every error carries a code and facts; the words live in i18n."""

from __future__ import annotations


class StorageError(Exception):
    """An expected failure of this library: `code` names it, `facts` fill its message."""

    code = "storage_failed"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts


class Conflict(StorageError):
    """Somebody changed the row since it was read."""

    code = "conflict"


class AlreadySigned(Conflict):
    """A signed paper is not changed: signed bytes are never rewritten."""

    code = "paper_signed"


class StillAttached(StorageError):
    """Undoing would take a paper out of the dossier that it was put into since."""

    code = "still_attached"


class NotFound(StorageError):
    """No such thing under that id, code or digest."""

    code = "not_found"


class DiskFull(StorageError):
    """No space left; nothing was half-written."""

    code = "disk_full"


class ProfileBusy(StorageError):
    """Another process has the profile open for writing."""

    code = "profile_busy"


class Corrupt(StorageError):
    """Stored bytes no longer have the digest they were stored under."""

    code = "corrupt"


class JournalBroken(StorageError):
    """The hash chain of the journal does not hold; facts give the first bad entry."""

    code = "journal_broken"


class SchemaTooNew(StorageError):
    """The catalog was written by a newer program."""

    code = "schema_too_new"


class DossierIncomplete(StorageError):
    """A required component is missing; facts list which."""

    code = "dossier_incomplete"


class ArchiveRefused(StorageError):
    """The archive did not take the package; facts give the reason."""

    code = "archive_refused"


class PackageInvalid(StorageError):
    """A package is damaged or not what it says; facts give the problem and the file."""

    code = "package_invalid"


class UnknownAddress(StorageError):
    """No plug of that kind is built in."""

    code = "unknown_address"


class MoveRefused(StorageError):
    """A document cannot go that way from where it is; facts: holder, move, why = no_reason."""

    code = "move_refused"


class MandateInvalid(StorageError):
    """A mandate to sign for another lacks what the law asks for; why = nobody, unlimited, backwards."""

    code = "mandate_invalid"
