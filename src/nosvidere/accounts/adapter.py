"""How allauth behaves here: accounts are made by an administrator, and second factors lie encrypted."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from nacl.secret import SecretBox

KEY_FILE = "second-factor-key"


class StaffAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return no."""
        return False


class SealedMFAAdapter(DefaultMFAAdapter):
    """Encrypts second-factor secrets with a key outside the database."""

    def encrypt(self, text: str) -> str:
        """Return the secret sealed, as hex."""
        return SecretBox(_key()).encrypt(text.encode()).hex()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret; raises nacl's CryptoError if the key file is another than it was sealed with."""
        return SecretBox(_key()).decrypt(bytes.fromhex(encrypted_text)).decode()


def _key() -> bytes:
    """Return the key that the site made at its first start."""
    return bytes((settings.KEYS / KEY_FILE).read_bytes())
