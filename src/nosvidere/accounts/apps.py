"""The app's name for Django, and what it listens to."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "nosvidere.accounts"
    label = "accounts"
    verbose_name = "konton"

    def ready(self) -> None:
        """Let sign-ins be logged."""
        from nosvidere.accounts.signals import connect  # noqa: PLC0415 - models are ready only now

        connect()
