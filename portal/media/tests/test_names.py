import pytest

from portal.media.names import ending_of, safe_name


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Plan.PDF", "plan.pdf"),
        ("evil.php.jpg", "evil-php.jpg"),
        ("evil.html.png", "evil-html.png"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\boot.txt", "boot.txt"),
        ("a\0b.txt", "ab.txt"),
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("Año nuevo – ¡fiesta!.pdf", "ano-nuevo-fiesta.pdf"),
        ("Ａ.ｐｄｆ", "a.pdf"),
        ("x" * 300 + ".pdf", "x" * 60 + ".pdf"),
        (".htaccess", "htaccess"),
        ("...", "file"),
        ("", "file"),
        ("計画.pdf", "jihua.pdf"),
        ('"><script>.png', "script.png"),
    ],
)
def test_a_name_is_plain_letters_with_one_ending(name, kept):
    assert safe_name(name) == kept


def test_another_ending_takes_the_place_of_its_own():
    assert safe_name("party.gif", ending="png") == "party.png"


@pytest.mark.parametrize(
    ("name", "ending"), [("a.tar.gz", "gz"), ("a", ""), ("a.b c", ""), ("a.", ""), ("a.P\u202eDF", "")]
)
def test_an_ending_is_a_few_plain_letters(name, ending):
    assert ending_of(name) == ending
