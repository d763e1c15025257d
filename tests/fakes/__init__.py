"""Stand-ins that inject faults: servers, scanners, a full disk, a moved clock."""
