"""Makes srgb.icc, the output intent of our PDF/A files, from the sRGB definition built into Little CMS.

Run by hand when the profile must change: python -m resources.icc.make_srgb
"""

from __future__ import annotations

from pathlib import Path

from PIL import ImageCms

_DATE = slice(24, 36)
"""Header field of the time of creation (ICC.1:2010 7.2.8), made constant so that files stay the same."""
_FIXED_DATE = bytes.fromhex("07e9 0001 0001 0000 0000 0000")


def srgb() -> bytes:
    """The profile; the same bytes for the same version of Little CMS."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[_DATE] = _FIXED_DATE
    return bytes(profile)


if __name__ == "__main__":
    Path(__file__).with_name("srgb.icc").write_bytes(srgb())
