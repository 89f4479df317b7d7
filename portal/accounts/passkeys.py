"""What a browser needs to make or use a passkey, as text that fits into a page."""

import json
from typing import Any

from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.core.serializers.json import DjangoJSONEncoder


def as_json(options: Any) -> str:
    """The options that allauth made, for passkey.js."""
    return json.dumps(options, cls=DjangoJSONEncoder)


def options_to_use(user: Any) -> str:
    """A fresh challenge for one of the person's passkeys; the session remembers it."""
    return as_json(begin_authentication(user))
