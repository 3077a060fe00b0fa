"""A local certificate for bin/run --https: our own authority, trusted once per phone, and a server certificate.

Needs the cryptography package, so it is imported from .venv only.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 3650
SERVER_DAYS = 800  # phones refuse server certificates that live longer than 825 days
RENEW_BEFORE = timedelta(days=30)
AUTHORITY, AUTHORITY_KEY = "authority.crt", "authority.key"
SERVER, SERVER_KEY = "server.crt", "server.key"


def local_certificate(folder: Path, addresses: Sequence[str]) -> tuple[Path, Path, Path]:
    """Files of (server certificate, its key, our authority), made when missing, old or for other addresses."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    names = _names(addresses)
    if not (folder / AUTHORITY).exists() or _ends_soon(_load(folder / AUTHORITY)):
        _make_authority(folder)
    if not (folder / SERVER).exists() or not _fits(_load(folder / SERVER), _load(folder / AUTHORITY), names):
        _make_server(folder, names)
    return folder / SERVER, folder / SERVER_KEY, folder / AUTHORITY


def _names(addresses: Sequence[str]) -> list[x509.GeneralName]:
    hosts = [x509.DNSName("localhost"), x509.DNSName(socket.gethostname())]
    return [*hosts, *(x509.IPAddress(ipaddress.ip_address(address)) for address in ("127.0.0.1", *addresses))]


def _load(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _ends_soon(certificate: x509.Certificate) -> bool:
    return certificate.not_valid_after_utc - datetime.now(UTC) < RENEW_BEFORE


def _fits(server: x509.Certificate, authority: x509.Certificate, names: list[x509.GeneralName]) -> bool:
    written = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return list(written) == names and server.issuer == authority.subject and not _ends_soon(server)


def _make_authority(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    serial = x509.random_serial_number()
    name = _name(f"Lidian local authority {serial:x}"[:60])
    builder = _builder(name, name, key, AUTHORITY_DAYS).serial_number(serial)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    _write(folder / AUTHORITY_KEY, _pem(key))
    _write(folder / AUTHORITY, builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    (folder / SERVER).unlink(missing_ok=True)


def _make_server(folder: Path, names: list[x509.GeneralName]) -> None:
    authority = _load(folder / AUTHORITY)
    signer = serialization.load_pem_private_key((folder / AUTHORITY_KEY).read_bytes(), None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    builder = (
        _builder(_name("Lidian"), authority.subject, key, SERVER_DAYS)
        .serial_number(x509.random_serial_number())
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    )
    _write(folder / SERVER_KEY, _pem(key))
    _write(folder / SERVER, builder.sign(signer, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, days: int
) -> x509.CertificateBuilder:
    yesterday = datetime.now(UTC) - timedelta(days=1)  # a phone's clock may be behind ours
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .not_valid_before(yesterday)
        .not_valid_after(yesterday + timedelta(days=days))
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _write(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
