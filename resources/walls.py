"""The rules before the admin addresses of the library."""

from coalition.walls import rules
from coalition.walls.registry import classify


def classify_library() -> None:
    """The library's rooms are for coalition staff; a keeper, wherever they work, checks what is theirs."""
    classify(rules.for_staff, "library_downloads:*", "library_feedback:*", "library_tags:*")
    classify(rules.for_everybody, "library_review:index")  # lists what the person keeps within their reach
    classify(rules.own_page("page_id"), "library_review:checked")
