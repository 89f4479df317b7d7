"""What search engines are told beside the page."""

import json

from portal.core.structured_data import as_script, breadcrumb_list


def test_trail_keeps_an_address_that_has_a_host_of_its_own():
    trail = breadcrumb_list(
        [{"label": "Home", "url": "https://portal.example/"}, {"label": "Stories", "url": "/stories/"}],
        "https://tulsa.example",
    )
    addresses = [item["item"] for item in trail["itemListElement"]]
    assert addresses == ["https://portal.example/", "https://tulsa.example/stories/"]


def test_words_of_an_editor_cannot_end_the_element():
    written = as_script({"name": "</script><script>alert(1)</script>"})
    assert written.count("<") == 2
    assert json.loads(written.partition(">")[2].rpartition("<")[0])["name"] == "</script><script>alert(1)</script>"
