"""Why a sign-up or a change cannot be."""


class RefusedError(Exception):
    """A sign-up or a change that cannot be. `str()` is a sentence for the person, in the active language.

    `field` names the form's field that it is about, "" for none ("shift", "group_size", "email", "age_band",
    "guardian_email").
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field
