"""What a guide tells search engines. Nothing that is for members only, whoever asks."""

import html
import re
from typing import Any

from portal.core.figures import fill
from portal.core.structured_data import CONTEXT
from resources.access import VISITOR
from resources.models.choices import Access, Format, Licence

ARTICLES = {Format.CASE_STUDY, Format.WEBINAR, Format.DATA}
LICENSES = {
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.PUBLIC: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.MIT: "https://opensource.org/license/mit",
}
TAGS = re.compile(r"<[^>]+>")
LONGEST_TEXT = 600


def of_guide(page: Any) -> dict[str, Any]:
    """A guide with steps as instructions, anything else as an article."""
    steps = _steps(page) if page.format not in ARTICLES and page.access != Access.MEMBERS else []
    found: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "HowTo" if steps else "Article",
        "name" if steps else "headline": page.title,
        "inLanguage": page.locale.language_code,
        "dateModified": page.updated_on.isoformat(),
        "isAccessibleForFree": page.access != Access.MEMBERS,
    }
    if page.summary:
        found["description"] = fill(page.summary)
    if page.credit:
        found["author"] = {"@type": "Organization", "name": page.credit}
    if page.licence in LICENSES:
        found["license"] = LICENSES[page.licence]
    if steps:
        found["step"] = steps
    return found


def _steps(page: Any) -> list[dict[str, Any]]:
    address = page.full_url or ""
    steps = []
    for position, child in enumerate(page.steps, start=1):
        step = {
            "@type": "HowToStep",
            "position": position,
            "name": fill(child.value["title"]),
            "url": f"{address}#{child.value['anchor']}",
        }
        text = _text(child.value) if VISITOR.may_see_step(page, child.value) else ""
        if text:
            step["text"] = text
        steps.append(step)
    return steps


def _text(step: Any) -> str:
    """The running text of a step, without its marks, cut at the end of a word."""
    sources = (fill(child.value.source) for child in step["content"] if child.block_type == "text")
    words = html.unescape(TAGS.sub(" ", " ".join(sources))).split()
    text = " ".join(words)
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT].rsplit(" ", 1)[0] + "…"
