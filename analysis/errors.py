"""The one exception that users of the package meet."""

from __future__ import annotations


class RecordError(ValueError):
    """Something a person can mend: a broken file, a wrong name, a missing folder.

    Its text is one plain sentence (or one a line): what is wrong, where, and what to do.
    """
