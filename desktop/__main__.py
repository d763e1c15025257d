"""The program: a window without arguments, the command line with arguments."""

from __future__ import annotations

import sys


def main() -> None:
    """Entry point of `tramso`. Imports what is asked for only, so that the window opens fast."""
    if len(sys.argv) > 1:
        from desktop.cli import main as command_line

        command_line()
    else:
        from desktop.window import open_window

        sys.exit(open_window())


if __name__ == "__main__":
    main()
