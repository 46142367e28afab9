"""Certificates for mutual TLS between the inside and the drop: a small authority of the deployer's own, and what it signs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from nosvidere.kernel.refused import Refused

AUTHORITY_DAYS = 3650
CERTIFICATE_DAYS = 365
SOON_DAYS = 30
CLOCKS_APART = timedelta(
    hours=1
)  # a clock that is a little slow takes a certificate that was just made
RELAY = "relay"
CLIENTS = ("police", "services")


@dataclass(frozen=True, slots=True)
class Signed:
    """A certificate and its private key, both as PEM."""

    certificate: bytes
    key: bytes


def make_authority(name: str, *, at: datetime, days: int = AUTHORITY_DAYS) -> Signed:
    """Return a new authority that may sign certificates and nothing else."""
    key = ec.generate_private_key(ec.SECP256R1())
    own = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    key_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    unsigned = (
        _dated(at, days)
        .subject_name(own)
        .issuer_name(own)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(key_id, critical=False)
    )
    return Signed(_pem(unsigned.sign(key, hashes.SHA256())), _key_pem(key))


def make_certificate(
    authority: Signed,
    holder: str,
    *,
    names: Sequence[str] = (),
    at: datetime,
    days: int = CERTIFICATE_DAYS,
) -> Signed:
    """Return a certificate for the relay (with the names or addresses it is called by) or for one of its clients."""
    if holder == RELAY and not names:
        raise Refused("Skriv vilket namn eller vilken adress brevlådan nås på.")
    issuer, issuer_key = _read(authority)
    key = ec.generate_private_key(ec.SECP256R1())
    purpose = (
        ExtendedKeyUsageOID.SERVER_AUTH if holder == RELAY else ExtendedKeyUsageOID.CLIENT_AUTH
    )
    unsigned = (
        _dated(at, days)
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, holder)]))
        .issuer_name(issuer.subject)
        .public_key(key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
        .add_extension(_names(names or (holder,)), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
            critical=False,
        )
    )
    return Signed(_pem(unsigned.sign(issuer_key, hashes.SHA256())), _key_pem(key))


def expires_at(file: Path) -> datetime:
    """Return when a certificate runs out; raise Refused when the file holds none."""
    try:
        return x509.load_pem_x509_certificate(file.read_bytes()).not_valid_after_utc
    except (OSError, ValueError) as error:
        raise Refused("Certifikatet {file} går inte att läsa.", file=file.name) from error


def _dated(at: datetime, days: int) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - CLOCKS_APART)
        .not_valid_after(at + timedelta(days=days))
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _names(names: Sequence[str]) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName([_name(name) for name in names])


def _name(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _read(authority: Signed) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    try:
        certificate = x509.load_pem_x509_certificate(authority.certificate)
        key = serialization.load_pem_private_key(authority.key, password=None)
    except ValueError as error:
        raise Refused("Utfärdarens certifikat eller nyckel går inte att läsa.") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise Refused("Utfärdarens nyckel är inte av rätt slag.")
    return certificate, key


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _key_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
