"""Small PDFs written by hand, signed with a test authority, and attacked: every object number is known.

Objects: 1 catalog, 2 page tree, 3 and 6 pages, 4 and 7 their contents, 5 font, 8 text field, 9 form,
10 a second page tree that nothing uses, 11 its page, 12 its contents.
"""

from __future__ import annotations

import asyncio
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from signing.trust.store import TrustStore

CONTENT = b"BT /F1 18 Tf 72 700 Td (So tien: 100 dong) Tj 0 -40 Td (Nguoi nhan: Nguyen Van Mau) Tj ET"
FORGED = b"BT /F1 18 Tf 72 700 Td (So tien: 999 dong) Tj 0 -40 Td (Nguoi nhan: Ke Gian Mau) Tj ET"
NOW = datetime.now(UTC).replace(microsecond=0)


def stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), entries, content)


OBJECTS: dict[int, bytes] = {
    1: b"<</Type/Catalog/Pages 2 0 R/AcroForm 9 0 R>>",
    2: b"<</Type/Pages/Count 2/Kids[3 0 R 6 0 R]>>",
    3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
    b"/Resources<</Font<</F1 5 0 R>>>>/Annots[8 0 R]>>",
    4: stream(CONTENT),
    5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    6: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 7 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
    7: stream(b"BT /F1 18 Tf 72 700 Td (Trang hai) Tj ET"),
    8: b"<</Type/Annot/Subtype/Widget/FT/Tx/T(ghi_chu)/V(cu)/Rect[72 400 300 420]/F 4/P 3 0 R"
    b"/DA(/F1 12 Tf)>>",
    9: b"<</Fields[8 0 R]/DR<</Font<</F1 5 0 R>>>>/DA(/F1 12 Tf)>>",
    10: b"<</Type/Pages/Count 2/Kids[11 0 R 6 0 R]>>",
    11: b"<</Type/Page/Parent 10 0 R/MediaBox[0 0 595 842]/Contents 12 0 R"
    b"/Resources<</Font<</F1 5 0 R>>>>/Annots[8 0 R]>>",
    12: stream(FORGED),
}


def build(objects: Mapping[int, bytes] = OBJECTS) -> bytes:
    """A PDF of these objects with a classical cross-reference table."""
    data = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(objects))
    size = max(objects) + 1
    assert sorted(objects) == list(range(1, size))
    at = len(data)
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (
            size,
            table,
            size,
            at,
        )
    )


def increment(data: bytes, objects: Mapping[int, bytes], root: int = 1, freed: tuple[int, ...] = ()) -> bytes:
    """A well-formed incremental update that writes these objects: the attacker knows the format."""
    previous = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    size = max([int(each) for each in re.findall(rb"/Size (\d+)", data)] + [number + 1 for number in objects])
    body, sections = b"", []
    for number, content in objects.items():
        sections.append((number, b"%d 1\n%010d 00000 n \n" % (number, len(data) + len(body))))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    sections += [(number, b"%d 1\n0000000000 00001 f \n" % number) for number in freed]
    at = len(data) + len(body)
    table = b"".join(text for _, text in sorted(sections))
    trailer = b"trailer\n<</Size %d/Root %d 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        root,
        previous,
        at,
    )
    return data + body + b"xref\n" + table + trailer


def vast(path: Path, who: Authority, size: int) -> None:
    """A signed PDF with a stream of `size` zeros, which take up no room on the disk."""
    data = build() + b"13 0 obj\n<</Length %d>>\nstream\n" % size
    previous = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    end = b"\nendstream\nendobj\n"
    table = b"xref\n13 1\n%010d 00000 n \n" % len(build())
    trailer = b"trailer\n<</Size 14/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n"
    with path.open("w+b") as file:
        file.write(data)
        file.seek(size, io.SEEK_CUR)
        file.write(end + table + trailer % (previous, len(data) + size + len(end)))
        signer = signers.PdfSigner(signers.PdfSignatureMetadata(field_name="Signature1"), who.signer)
        asyncio.run(signer.async_sign_pdf(IncrementalPdfFileWriter(file), in_place=True))


def current(data: bytes, number: int) -> bytes:
    """The newest body of an object, for attacks that change a little of it."""
    found = re.findall(rb"(?:^|\n)%d 0 obj\s*(.*?)\s*endobj" % number, data, re.DOTALL)
    return bytes(found[-1])


@dataclass(frozen=True)
class Authority:
    """A test root with one signer; keys on a curve because they are made in no time."""

    root: x509.Certificate
    root_key: ec.EllipticCurvePrivateKey
    signer: signers.SimpleSigner
    certificate: x509.Certificate

    @property
    def trust(self) -> TrustStore:
        """The root and a list of nothing revoked."""
        return TrustStore((self.root.public_bytes(Encoding.DER),), crls=(self.crl(),))

    def crl(self, revoked: x509.Certificate | None = None, when: datetime = NOW) -> bytes:
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(self.root.subject)
            .last_update(NOW - timedelta(days=1))
            .next_update(NOW + timedelta(days=365))
        )
        if revoked is not None:
            entry = x509.RevokedCertificateBuilder().serial_number(revoked.serial_number)
            builder = builder.add_revoked_certificate(entry.revocation_date(when).build())
        return builder.sign(self.root_key, hashes.SHA256()).public_bytes(Encoding.DER)


def name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def authority(
    start: datetime = NOW - timedelta(days=30),
    end: datetime = NOW + timedelta(days=300),
    common: str = "CA MẪU",
) -> Authority:
    """A root valid for years and a signer valid from `start` to `end`."""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = certificate(name(common), name(common), root_key, root_key, NOW - timedelta(days=3650), ca=True)
    leaf = certificate(name("Nguyễn Văn Mẫu"), root.subject, key, root_key, start, end)
    return Authority(root, root_key, software_signer(leaf, key, (root,)), leaf)


def software_signer(
    leaf: x509.Certificate, key: ec.EllipticCurvePrivateKey, others: tuple[x509.Certificate, ...] = ()
) -> signers.SimpleSigner:
    store = SimpleCertificateStore()
    store.register_multiple([asn1_x509.Certificate.load(each.public_bytes(Encoding.DER)) for each in others])
    private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return signers.SimpleSigner(
        asn1_x509.Certificate.load(leaf.public_bytes(Encoding.DER)),
        asn1_keys.PrivateKeyInfo.load(private),
        store,
    )


def certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer_key: ec.EllipticCurvePrivateKey,
    start: datetime,
    end: datetime = NOW + timedelta(days=3650),
    ca: bool = False,
) -> x509.Certificate:
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not ca, content_commitment=not ca, key_cert_sign=ca, crl_sign=ca, **usage
            ),
            critical=True,
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
    )
    return builder.sign(issuer_key, hashes.SHA256())


def sign(
    data: bytes,
    who: Authority,
    field: str = "Signature1",
    box: tuple[int, int, int, int] | None = (350, 100, 500, 160),
    permission: int | None = None,
    lock: fields.FieldMDPSpec | None = None,
    subfilter: fields.SigSeedSubFilter = fields.SigSeedSubFilter.PADES,
    digest: str = "sha256",
    stamp: object = None,
) -> bytes:
    """One more signature, by pyHanko."""
    metadata = signers.PdfSignatureMetadata(
        field_name=field,
        md_algorithm=digest,
        subfilter=subfilter,
        reason="ky duyet",
        certify=permission is not None,
        docmdp_permissions=fields.MDPPerm(permission or 2),
    )
    spec = fields.SigFieldSpec(field, 0, box, field_mdp_spec=lock)
    out = io.BytesIO()
    signer = signers.PdfSigner(metadata, who.signer, new_field_spec=spec, stamp_style=stamp)  # type: ignore[arg-type]
    asyncio.run(signer.async_sign_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), output=out))
    return out.getvalue()


def sign_often(data: bytes, who: Authority, count: int) -> bytes:
    """That many signatures side by side, each in an update of its own."""
    for number in range(count):
        left = 40 + 20 * number
        data = sign(data, who, f"Signature{number}", (left, 100, left + 15, 120))
    return data
