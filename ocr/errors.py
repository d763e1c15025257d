"""What can go wrong between light and text. Every error carries a code and facts; the words live in i18n."""

from __future__ import annotations


class OcrError(Exception):
    """An expected failure of this library: `code` names it, `facts` fill its message."""

    code = "ocr_failed"

    def __init__(self, **facts: object) -> None:
        super().__init__(self.code, facts)
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.facts)  # keyword-only errors must survive the trip from a worker


def _rebuild(kind: type[OcrError], facts: dict[str, object]) -> OcrError:
    return kind(**facts)


class BadInput(OcrError):
    """The file itself cannot be used."""

    code = "input_bad"


class Truncated(BadInput):
    """The file ends before its content does, or its structure is broken."""

    code = "input_truncated"


class Encrypted(BadInput):
    """The file asks for a password."""

    code = "input_encrypted"


class UnknownFormat(BadInput):
    """The content is none of the formats we read, whatever its name says."""

    code = "input_unknown_format"


class TooLarge(BadInput):
    """The picture or file is over the limit; facts give its size and the limit."""

    code = "input_too_large"


class TooSmall(BadInput):
    """The picture is too small to be a page."""

    code = "input_too_small"


class NoPages(BadInput):
    """The file is sound and holds no page."""

    code = "input_no_pages"


class PageMissing(BadInput):
    """The file has no page of that number; facts give the number and the count."""

    code = "input_page_missing"


class EngineMissing(OcrError):
    """Tesseract or its Vietnamese language data is not installed."""

    code = "engine_missing"


class EngineTimeout(OcrError):
    """Recognition of one page took longer than its limit; facts give the seconds."""

    code = "engine_timeout"


class UnknownAddress(OcrError):
    """No engine or scanner answers to this address."""

    code = "ocr_unknown_address"


class DeviceError(OcrError):
    """A scanner could not do what was asked; facts give the device and the reason."""

    code = "device_failed"


class PaperJam(DeviceError):
    """Paper is stuck in the feeder."""

    code = "device_jammed"


class CoverOpen(DeviceError):
    """The scanner's cover is open."""

    code = "device_cover_open"


class FeederEmpty(DeviceError):
    """There was no paper to begin with."""

    code = "device_feeder_empty"


class DeviceBusy(DeviceError):
    """Somebody else is using the scanner."""

    code = "device_busy"


class DeviceMissing(DeviceError):
    """No scanner answers under that name, or the program that talks to scanners is not installed."""

    code = "device_missing"


class NotArchivable(OcrError):
    """A page cannot go into PDF/A as it is; `reason` says why (its words: retained.REASON)."""

    code = "not_archivable"


class DoubleFeed(DeviceError):
    """The feeder drew two sheets at once; the lower one was not scanned."""

    code = "device_double_feed"


class DeviceGone(DeviceError):
    """The scanner stopped answering in the middle: cable, network or power."""

    code = "device_gone"


class PagesMissing(DeviceError):
    """The scanner says that it scanned more pages than arrived; facts give both numbers."""

    code = "device_pages_missing"


class TooManyPages(DeviceError):
    """The scanner does not stop sending pages; facts give where it was stopped."""

    code = "device_endless"


class DeviceUntrusted(DeviceError):
    """The scanner shows another certificate than it did when it was added."""

    code = "device_untrusted"
