"""For each line on stdin: a process that signs the files of a folder until it is killed; tells its id.

`sign_for_ever.py HOME FOLDER`. Forked, so that what takes seconds to load is loaded once.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from signing import locate
from signing.model import Level, SealRequest, SigningRole
from signing.seal.session import SealSession, prepare, seal_with
from tests.unit.signing.conftest import refuse


def main(home: Path, folder: Path) -> None:
    session = prepare(locate.identity("practice:clerk", refuse, home), locate.practice(home).trust())
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            sign(session, folder)
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)
        sys.stdout.write("over\n")
        sys.stdout.flush()


def sign(session: SealSession, folder: Path) -> None:
    for path in sorted(folder.glob("*.pdf")) * 4:
        seal_with(session, path, path, SealRequest(SigningRole.SO_HOA, Level.B_B))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
