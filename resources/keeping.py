"""The library’s own time rules, and what it answers on every host. Connected on import."""

from portal.core.due import register_due
from portal.core.hosts import register_on_every_host
from portal.core.housekeeping import DAILY
from resources.feedback.services import empty_old_words
from resources.pdf.keeping import remove_unused_pdfs
from resources.review.services import tell_keepers

register_due("resources.empty_old_words", empty_old_words, every=DAILY)
register_due("resources.tell_keepers", tell_keepers, every=DAILY)
register_due("resources.remove_unused_pdfs", remove_unused_pdfs, every=DAILY, is_atomic=False)
register_on_every_host("library:feedback", "library:feedback_why", "library:feedback_thanks")
