"""A process of its own that keeps files, so that it can be killed or run into a full disk. Run by test_crashes.py."""

import os
import resource
import signal
import sys

import django


def kill_me(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)


def forever():
    from portal.media.factories import pdf_file, png_file
    from portal.media.models import PortalDocument, PortalImage

    number = 0
    while True:
        number += 1
        image = PortalImage.objects.create(title=f"Porch {number}", is_decorative=True, file=png_file(size=(900, 700)))
        image.get_rendition("width-300")
        PortalDocument.objects.create(title=f"Plan {number}", file=pdf_file(text="x" * 3_000_000))
        print(number, flush=True)  # noqa: T201


def killed_half_way():
    from portal.media.factories import pdf_file
    from portal.media.models import PortalDocument

    file = pdf_file(text="x" * 3_000_000)
    document = PortalDocument(title="Plan", file=file)
    document.file.check()
    whole = document.file.file.chunks()

    def half():
        yield next(whole)[:1_000_000]
        kill_me()

    document.file.file.chunks = half
    document.save()


def killed_before_the_row():
    from django.db.models.signals import pre_save

    from portal.media.factories import pdf_file
    from portal.media.models import PortalDocument

    pre_save.connect(kill_me, sender=PortalDocument)
    PortalDocument.objects.create(title="Plan", file=pdf_file())


def full_disk():
    """No file of this process may grow beyond 10 MB: the kernel refuses the write, as it does when a disk is full."""
    from portal.media.factories import pdf_file
    from portal.media.models import PortalDocument

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000_000, 10_000_000))
    try:
        PortalDocument.objects.create(title="Plan", file=pdf_file(text="x" * 15_000_000))
    except OSError as error:
        print(error.strerror, PortalDocument.objects.count(), flush=True)  # noqa: T201


if __name__ == "__main__":
    django.setup()
    globals()[sys.argv[1]]()
