from django.db import migrations, models

BATCH = 1000


def place_old_entries(apps, schema_editor):
    """Entries written before are placed as far as they can be: pages that still stand, and the records of cities."""
    City = apps.get_model("coalition", "City")
    Page = apps.get_model("wagtailcore", "Page")
    entries = apps.get_model("wagtailcore", "PageLogEntry")._base_manager
    places = apps.get_model("coalition", "PageLogPlace")
    for city in City._base_manager.exclude(home_page=None).select_related("home_page"):
        here = models.Q(pk__in=[])
        for home in Page._base_manager.filter(translation_key=city.home_page.translation_key):
            here |= models.Q(path__startswith=home.path)
        pages = Page._base_manager.filter(here).values_list("pk", flat=True)
        rows = entries.filter(page_id__in=list(pages)).values_list("pk", "timestamp")
        places._base_manager.bulk_create(
            [places(city_id=city.pk, entry_id=pk, at=at) for pk, at in rows], batch_size=BATCH, ignore_conflicts=True
        )
    _place_records(apps, set(City._base_manager.values_list("pk", flat=True)))


def _place_records(apps, cities):
    places = apps.get_model("coalition", "ModelLogPlace")
    entries = apps.get_model("wagtailcore", "ModelLogEntry")._base_manager
    rows = entries.filter(content_type__app_label="coalition", content_type__model="city")
    found = [
        places(city_id=int(number), entry_id=pk, at=at)
        for pk, number, at in rows.values_list("pk", "object_id", "timestamp")
        if number.isdecimal() and int(number) in cities
    ]
    places._base_manager.bulk_create(found, batch_size=BATCH, ignore_conflicts=True)


class Migration(migrations.Migration):

    dependencies = [
        ("coalition", "0003_log_places"),
    ]

    operations = [
        migrations.RunPython(place_old_entries, migrations.RunPython.noop),
    ]
