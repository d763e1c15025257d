"""Packages for an archive (E-ARK CSIP 2, TT 05/2025/TT-BNV): made and checked."""
