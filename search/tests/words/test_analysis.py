"""Text becomes terms: the same for what is written and what is typed."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from search.words.analysis import LONGEST_TERM, RAW_WORD, analyse, fold, stem, terms, tokens
from search.words.stopwords import STOP_WORDS


def first(text, language="en"):
    return terms(text, language)[0]


def test_words_stand_between_single_spaces_and_are_counted():
    assert analyse("Register, to vote!", "en") == (" regist to vote ", 3)
    assert analyse("", "en") == analyse(" — ! ", "en") == ("", 0)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Árbol", "arbol"), ("A\u0301rbol", "arbol"), ("Niño", "nino"), ("women’s", "women"), ("City's", "city"),
        ("don't", "dont"), ("O’Brien", "obrien"), ("Straße", "strasse"), ("Łódź", "lodz"), ("ﬁre", "fire"),
        ("volun\u00adteer", "volunteer"), ("２０２４", "2024"), ("日本", "_"), ("Москва", "_"),
    ],
)  # fmt: skip
def test_a_word_is_one_term_without_accents_capitals_and_apostrophes(written, folded):
    assert RAW_WORD.findall(written) == [written]
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["volunteer", "volunteers", "volunteering", "Volunteered"]),
        ("en", ["vote", "voting", "votes"]),
        ("es", ["inscripción", "inscripciones", "INSCRIPCION"]),
        ("es", ["participación", "participaciones", "PARTICIPACION"]),
        ("es", ["árboles", "arboles", "árbol", "arbol"]),
    ],
)
def test_forms_of_a_word_have_one_stem(language, words):
    assert len({first(word, language) for word in words}) == 1


def test_each_language_has_its_own_stems():
    assert first("casas", "es") == first("casa", "es") != first("casas", "en")
    assert first("casas", "fr") == "casas"  # no stemmer, no stem


@pytest.mark.parametrize("number", ["2024", "401k", "1st", "covid19s"])
def test_what_holds_a_digit_is_not_stemmed(number):
    assert first(number) == number


def test_a_word_with_hyphens_is_its_parts_and_behind_the_text_one_word():
    assert analyse("An e-mail at once", "en") == (" an e mail at onc email ", 6)
    assert analyse("co‑op and self-help", "en")[0].split()[-2:] == ["coop", "selfhelp"]
    assert analyse("here - there -- and -", "en")[1] == 3


def test_control_characters_are_spaces():
    assert terms("tree\x00planting\x1fday\x7fnow", "en") == terms("tree planting day now", "en")


def test_term_i_is_raw_word_i_whatever_stands_there():
    text = "¿Qué? 日本 e-mail’s O'Neil’s naïve_café 5½ a\u0301b “x” -- ÅÄÖ"
    analysed, length = analyse(text, "en")
    raw = list(tokens(text))
    assert analysed.split()[: len(raw)] == [stem(fold(token.raw), "en") for token in raw]
    assert length >= len(raw)
    assert all(text[token.start : token.end] == token.raw for token in raw)


def test_a_very_long_word_is_cut():
    assert len(first("x" * 5000)) == LONGEST_TERM


def test_stop_words_are_written_as_words_are_folded():
    for words in STOP_WORDS.values():
        assert 60 <= len(words) <= 100
        assert all(fold(word) == word for word in words)


def test_many_threads_stem_the_same():
    words = [
        f"{start}{end}" for start in ("plant", "vot", "garden", "neighbor") for end in ("ing", "s", "ed", "er")
    ] * 20
    alone = [stem.__wrapped__(word, "en") for word in words]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda word: stem.__wrapped__(word, "en"), words)) == alone
