"""Function words: they say little about what somebody looks for, so a query leaves them out unless nothing is left."""

_EN = (
    "a about am an and any are as at be been but by can could did do does dont for from had has have he her his "
    "how i if im in into is it its me my not of on or our she should so some than that the their them then there "
    "these they this those to was we were what when where which who why with would you your"
)
_ES = (
    "a al ante como con cual cuales cuando cuanto de del desde donde e el ella ellas ellos en entre es esa ese "
    "eso esta estan estas este esto estos fue ha han hasta hay la las le les lo los mas me mi mis muy ni no nos o "
    "para pero por que quien se ser si sin sobre son su sus tambien te tiene tu tus un una unas uno unos y ya yo"
)
STOP_WORDS = {"en": frozenset(_EN.split()), "es": frozenset(_ES.split())}
"""By language, folded as `analysis.fold` does."""
OPERATORS = frozenset({"AND", "OR", "NOT"})
"""What other searches give a meaning. Here they are words like "and", whatever the language."""


def stop_words(language: str) -> frozenset[str]:
    """Those of the language; none for one that is not known."""
    return STOP_WORDS.get(language, frozenset())


def of_one_language_only(language: str) -> frozenset[str]:
    """Those that are function words in this language alone."""
    others: set[str] = set()
    for other, words in STOP_WORDS.items():
        if other != language:
            others |= words
    return stop_words(language) - others
