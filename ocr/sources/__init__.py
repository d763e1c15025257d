"""Where pages come from: scanners (eSCL, SANE, WIA) and hot folders."""
