"""An eSCL scanner on this machine: answers as the specification says, and badly where a test asks for it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext

NAMES = (
    'xmlns:scan="http://schemas.hp.com/imaging/escl/2011/05/03" '
    'xmlns:pwg="http://www.pwg.org/schemas/2010/12/sm"'
)
CAPABILITIES = f"""<?xml version="1.0"?><scan:ScannerCapabilities {NAMES}>
<pwg:MakeAndModel>May quet thu</pwg:MakeAndModel>
<scan:Platen><scan:PlatenInputCaps><scan:SettingProfiles><scan:SettingProfile>
<scan:ColorModes><scan:ColorMode>RGB24</scan:ColorMode><scan:ColorMode>Grayscale8</scan:ColorMode></scan:ColorModes>
<scan:SupportedResolutions><scan:DiscreteResolutions>
<scan:DiscreteResolution><scan:XResolution>300</scan:XResolution></scan:DiscreteResolution>
<scan:DiscreteResolution><scan:XResolution>150</scan:XResolution></scan:DiscreteResolution>
</scan:DiscreteResolutions></scan:SupportedResolutions></scan:SettingProfile></scan:SettingProfiles>
</scan:PlatenInputCaps></scan:Platen><scan:Adf><scan:AdfSimplexInputCaps/><scan:AdfDuplexInputCaps/></scan:Adf>
</scan:ScannerCapabilities>"""


@dataclass
class Behaviour:
    """What lies in the feeder, and what goes wrong when; faults are named where they are acted out."""

    sheets: Sequence[bytes] = ()
    end: int = 404
    fault: str = ""
    after: int = 0
    """How many pages come before the fault."""
    feeder: str = "ScannerAdfLoaded"
    feeder_after_fault: str = ""
    busy: int = 0
    """So many requests are answered with 503 first."""
    lost: int = 0
    """Pages the scanner counts and does not send."""
    given: int = 0
    asked: list[bytes] = field(default_factory=list)
    deleted: bool = False
    let_go: threading.Event = field(default_factory=threading.Event)
    """Ends the fault "holds the page"."""
    broken: bool = False


class _Scanner(BaseHTTPRequestHandler):
    behaviour: Behaviour

    def log_message(self, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        if self.path.endswith("ScannerCapabilities"):
            self._answer(200, CAPABILITIES.encode())
        elif self.path.endswith("ScannerStatus"):
            self._answer(200, self._status())
        elif self.path.endswith("NextDocument"):
            self._page()
        else:
            self._answer(404)

    def do_POST(self) -> None:
        self.behaviour.asked.append(self.rfile.read(int(self.headers["Content-Length"])))
        if self._busy():
            return
        self.send_response(201)
        self.send_header("Location", "http://scanner.invalid/eSCL/ScanJobs/7")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_DELETE(self) -> None:
        self.behaviour.deleted = True
        self._answer(200)

    def _busy(self) -> bool:
        if self.behaviour.busy:
            self.behaviour.busy -= 1
            self._answer(503)
            return True
        return False

    def _page(self) -> None:
        now = self.behaviour
        if self._busy():
            return
        if now.fault and now.given >= now.after:
            now.broken = True
            self._act_out(now.fault)
        elif now.fault == "endless" or now.given < len(now.sheets):
            now.given += 1
            self._answer(200, now.sheets[(now.given - 1) % len(now.sheets)])
        else:
            self._answer(now.end)

    def _act_out(self, fault: str) -> None:
        if fault == "empty answer":
            self._answer(200)
        elif fault == "holds the page":
            self.behaviour.let_go.wait(60)
            self._answer(404)
        elif fault == "gone":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif fault == "cut short":
            self.send_response(200)
            self.send_header("Content-Length", "5000")
            self.end_headers()
            self.wfile.write(b"\xff\xd8\xff")
            self.close_connection = True
        else:
            self._answer(500)

    def _status(self) -> bytes:
        now = self.behaviour
        state = "Aborted" if now.broken else "Completed"
        feeder = now.feeder_after_fault if now.broken and now.feeder_after_fault else now.feeder
        return f"""<?xml version="1.0"?><scan:ScannerStatus {NAMES}><pwg:State>Idle</pwg:State>
<scan:AdfState>{feeder}</scan:AdfState><scan:Jobs><scan:JobInfo><pwg:JobUri>/eSCL/ScanJobs/7</pwg:JobUri>
<pwg:ImagesCompleted>{now.given + now.lost}</pwg:ImagesCompleted><pwg:JobState>{state}</pwg:JobState>
</scan:JobInfo></scan:Jobs></scan:ScannerStatus>""".encode()

    def _answer(self, code: int, body: bytes = b"") -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def scanner(behaviour: Behaviour, tls: SSLContext | None = None) -> Iterator[str]:
    """The address of a scanner that behaves so."""
    handler = type("Scanner", (_Scanner,), {"behaviour": behaviour})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = False
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="scanner")
    thread.start()
    try:
        scheme = "escls" if tls else "escl"
        yield f"{scheme}://127.0.0.1:{server.server_port}/eSCL"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
