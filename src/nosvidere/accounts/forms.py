"""Sign-in and second-factor forms in our components."""

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm, DeactivateTOTPForm
from django.utils.translation import gettext_lazy as _

from nosvidere.ui.forms import ComponentsMixin


class SignInForm(ComponentsMixin, LoginForm):
    """Service code and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say what the name is here: a service code."""
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Tjänstekod")
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["password"].label = _("Lösenord")
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].widget.attrs["class"] = "input"
        self.fields["password"].help_text = ""  # nobody resets a password by e-mail: none is known


class SecondFactorForm(ComponentsMixin, AuthenticateForm):
    """The code from the app, or a recovery code."""


class SetUpForm(ComponentsMixin, ActivateTOTPForm):
    """The first code from the app."""


class TakeAwayForm(ComponentsMixin, DeactivateTOTPForm):
    """The end of a second factor."""


class SureForm(ComponentsMixin, ReauthenticateForm):
    """The password once more, before something that matters."""


class NewPasswordForm(ComponentsMixin, ChangePasswordForm):
    """A new password."""
