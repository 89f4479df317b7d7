"""Searches that nobody types in good faith."""

HOSTILE = [
    '"', '""', '"""', "'", "''", "'; DROP TABLE search_searchdoc; --", '"tree', 'tree"', '"tree" "', "“tree”",
    "«árbol»", "tree AND", "AND", "OR OR OR", "NOT tree", "tree NOT", "tree AND NOT pantry",
    "NEAR(tree pantry, 5)", "tree NEAR/2", "title:tree", "title : tree", "{title body} : tree",
    "- title : tree", "rowid:1", "body:*", "_exists_:title", "*:*", "*", "tree*", "^tree", "tre?", "tree~2",
    "tree^5", "(tree", "tree)", "((((((((((", "[tree TO pantry]", "{", "}", "\\", "\\\"tree", "tree\\", "/.*/",
    "^(a+)+$", "(?:(?:a*)*)*b", "[[:<:]]", "%", "_", "%%tree%%", "tree' OR '1'='1", "tree & pantry | !park",
    "tree <-> pantry", "tree:*A", "!!tree", "& | !", "<script>alert(1)</script>", "{{ 7*7 }}",
    "${jndi:ldap://x}", "../../etc/passwd", "tree\x00pantry", "\x00", "\x00\x01\x02\x1b[31m",
    "tree\r\nSet-Cookie: x", "\u202etree\u202c", "شجرة", "עץ", "مرحبا tree עולם", "树", "🌳", "🌳🌲 tree",
    "👩‍👩‍👧‍👦", "e\u0301", "\u0301\u0301\u0301", "ﬁ ﬂ ﷺ", "\ufeff", "\u200b\u200b", "\ud800", "\U0010ffff",
    "ß İ ı", "−tree", "--tree", "---", "-", "- - -", '-"', '-"tree', "-(tree)", "tree -tree", "0x41", "1e309",
    "-1", "NaN", "null", "9" * 500, "a" * 10_000, "tree " * 10_000, "-tree " * 3_000, '"tree pantry" ' * 1_000,
    '"' * 5_000, "(" * 5_000, " ".join(f"word{n}" for n in range(10_000)),
]  # fmt: skip
