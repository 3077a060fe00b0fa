"""bin/run --https: one authority a phone trusts once, and a server certificate for today's addresses."""

from pathlib import Path

from cryptography import x509

from lms.launcher.tls import local_certificate


def names(file: Path) -> list[str]:
    certificate = x509.load_pem_x509_certificate(file.read_bytes())
    alternatives = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [str(name.value) for name in alternatives]


def test_the_certificate_is_for_this_machine_in_its_network(tmp_path: Path) -> None:
    server, _, _ = local_certificate(tmp_path / "tls", ["10.1.2.3"])
    assert {"localhost", "127.0.0.1", "10.1.2.3"} <= set(names(server))


def test_the_server_certificate_is_signed_by_the_authority(tmp_path: Path) -> None:
    server, _, authority = local_certificate(tmp_path / "tls", [])
    signed, by = (x509.load_pem_x509_certificate(file.read_bytes()) for file in (server, authority))
    signed.verify_directly_issued_by(by)


def test_a_second_start_keeps_both(tmp_path: Path) -> None:
    first = [file.read_bytes() for file in local_certificate(tmp_path / "tls", ["10.1.2.3"])]
    assert [file.read_bytes() for file in local_certificate(tmp_path / "tls", ["10.1.2.3"])] == first


def test_a_new_address_makes_a_new_certificate_under_the_same_authority(tmp_path: Path) -> None:
    _, _, authority = local_certificate(tmp_path / "tls", ["10.1.2.3"])
    trusted = authority.read_bytes()
    server, _, authority = local_certificate(tmp_path / "tls", ["10.9.9.9"])
    assert "10.9.9.9" in names(server)
    assert authority.read_bytes() == trusted


def test_the_keys_can_be_read_by_their_owner_only(tmp_path: Path) -> None:
    _, key, _ = local_certificate(tmp_path / "tls", [])
    assert key.stat().st_mode & 0o077 == 0
