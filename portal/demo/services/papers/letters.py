"""Letters as RTF, which every word processor opens."""


def letter(*, title: str, lines: list[str], language: str) -> bytes:
    """One paragraph for each line."""
    code = {"en": 1033, "es": 3082}[language]
    head = rf"{{\rtf1\ansi\deff0\deflang{code}{{\fonttbl{{\f0\fswiss Arial;}}}}"
    page = r"\paperw12240\paperh15840\margl1440\margr1440\margt1440\margb1440\f0\fs24"
    info = rf"{{\info{{\title {_escaped(title)}}}}}"
    paragraphs = [rf"{{\pard\sa240 {_escaped(line)}\par}}" for line in lines]
    return "\n".join([head, info, page, *paragraphs, "}"]).encode("ascii")


def _escaped(text: str) -> str:
    """RTF is ASCII; every other character is written as its number."""
    for sign in "\\{}":
        text = text.replace(sign, f"\\{sign}")
    return "".join(each if ord(each) < 128 else rf"\u{ord(each)}?" for each in text)
