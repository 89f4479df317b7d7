"""What can go wrong, in words for the person at the keyboard."""


class BackupError(Exception):
    """Nothing was changed; the text says why and what to do."""


class DamagedError(BackupError):
    """The file is not what was once written: cut short, altered, or not a backup at all."""
