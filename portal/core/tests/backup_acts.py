"""What the backup tests let other processes do: fill a portal, work in it, look at all of it, die at a given rename.

Run as `python -m portal.core.tests.backup_acts ACT …` with the settings of the portal that is meant.
"""

import hashlib
import io
import json
import os
import signal
import sys
import tempfile
import traceback
from pathlib import Path

import django

RESERVED = (".restoring", ".before")


def picture(number):
    from django.core.files.base import ContentFile
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8), (int(number) % 256, int(number) // 256 % 256, 7)).save(out, "PNG")
    return ContentFile(out.getvalue(), name=f"picture-{number}.png")


def add_picture(number):
    """A file, its row, and a letter that says so: one act."""
    from django.db import transaction
    from django.utils import timezone
    from wagtail.images import get_image_model

    from portal.core.models import OutboxMessage

    with transaction.atomic():
        get_image_model().objects.create(title=f"Picture {number}", file=picture(number), is_decorative=True)
        to = [f"{number}@city.example"]
        OutboxMessage.objects.create(key=f"picture-{number}", subject="New", text="…", to=to, due_at=timezone.now())


def fill():
    """People, pages, pictures with a rendition, a document, mail, and a private file."""
    from django.conf import settings
    from django.core.files.base import ContentFile
    from wagtail.documents import get_document_model
    from wagtail.images import get_image_model
    from wagtail.models import Page

    from portal.accounts.factories import UserFactory

    for number in range(5):
        UserFactory(email=f"person{number}@city.example")
        add_picture(number)
        page = Page.objects.get(depth=2).add_child(instance=Page(title=f"Page “{number}”"))
        page.save_revision().publish()
    get_image_model().objects.first().get_rendition("width-4")
    get_document_model().objects.create(title="Plan", file=ContentFile(b"plan", name="plan.txt"))
    private = Path(settings.VAR_DIR) / "private" / "applications"
    private.mkdir(parents=True)
    (private / "résumé \n.pdf").write_bytes(b"private")
    (Path(settings.MEDIA_ROOT) / "documents" / "large.pdf").write_bytes(os.urandom(30_000_000))


def work(stop, count_file):
    """Add pictures and remove older ones until the file `stop` is there; say how many, and the longest wait."""
    import time

    from wagtail.images import get_image_model

    number, longest = 1000, 0.0
    while not Path(stop).exists():
        began = time.monotonic()
        add_picture(number)
        if number % 2:
            get_image_model().objects.filter(title__startswith="Picture 1").order_by("pk").first().delete()
        longest = max(longest, time.monotonic() - began)
        number += 1
        half = Path(f"{count_file}.half")  # whoever reads meanwhile finds the whole old line or the whole new one
        half.write_text(json.dumps([number - 1000, longest]))
        half.replace(count_file)


def look():
    """Print a sum of the contents of each table and of each file."""
    from django.conf import settings
    from django.db import connection

    tables = {}
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            rows = sorted(repr(row) for row in cursor.fetchall())
            tables[name] = [len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()]
    files = {}
    for root in ("media", "private"):
        for path in sorted((Path(settings.VAR_DIR) / root).rglob("*")):
            if path.is_file() and not any(part in RESERVED for part in path.parts):
                files[str(path.relative_to(settings.VAR_DIR))] = hashlib.sha256(path.read_bytes()).hexdigest()
    sys.stdout.write(json.dumps({"tables": tables, "files": files}))


def rows_without_files():
    """Print the names of files that rows name and nobody has, and whether each picture has its letter."""
    from django.conf import settings
    from wagtail.images import get_image_model

    from portal.core.models import OutboxMessage

    images = get_image_model().objects.all()
    lost = [image.file.name for image in images if not (Path(settings.MEDIA_ROOT) / image.file.name).exists()]
    letters = set(OutboxMessage.objects.values_list("key", flat=True))
    alone = [image.title for image in images if image.title.lower().replace(" ", "-") not in letters]
    sys.stdout.write(json.dumps({"count": len(images), "lost": lost, "alone": alone}))


def die_at_every_rename(file):
    """Kill a restore before its first rename, the next before its second, …, and recover each time.

    Prints the state after each; each act is a process of its own.
    """
    states = []
    for at in range(1, 40):
        if _in_a_child(lambda at=at: _restore_and_die(at, file)) == 0:
            break
        if _in_a_child(_recover) != 0:
            raise AssertionError(f"no recovery after a kill before rename {at}")
        states.append(json.loads(_said_by_a_child(look)))
    sys.stdout.write(json.dumps(states))


def _restore_and_die(at, file):
    from django.conf import settings
    from django.core.management import call_command

    count = 0

    def dying(real):
        def rename(source, target, **words):
            nonlocal count
            if str(target).startswith(str(settings.VAR_DIR)):
                count += 1
                if count == at:
                    os.kill(os.getpid(), signal.SIGKILL)
            return real(source, target, **words)

        return rename

    os.rename, os.replace = dying(os.rename), dying(os.replace)
    call_command("restore", file, replace=True, stdout=io.StringIO())


def _recover():
    from django.core.management import call_command

    call_command("restore", recover=True, stdout=io.StringIO())


def _in_a_child(act):
    """Minus the signal that killed it, or 0."""
    child = os.fork()
    if not child:
        try:
            act()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        sys.stdout.flush()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _said_by_a_child(act):
    with tempfile.TemporaryFile("w+") as said:

        def saying():
            sys.stdout = said
            act()
            said.flush()

        if _in_a_child(saying) != 0:
            raise AssertionError("it failed")
        said.seek(0)
        return said.read()


if __name__ == "__main__":
    django.setup()
    globals()[sys.argv[1]](*sys.argv[2:])
