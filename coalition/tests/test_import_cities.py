"""manage.py import_cities, on small files with one thing wrong each, and on the real ones when they are here."""

import csv
import io

import pytest
import time_machine
from django.core.management import CommandError, call_command

from coalition.factories import CityFactory
from coalition.models import City, CityZip

pytestmark = pytest.mark.django_db

HEADER = "name,state,slug,geoid,geonameid,latitude,longitude,population,kind"
TULSA = "Tulsa,OK,tulsa-ok,4075000,4553433,36.154,-95.993,413066,City"
MESA = "Mesa,AZ,mesa-az,0446000,5304391,33.422,-111.822,504258,City"
BAD = {
    "state": ("Ames,ZZ,ames-zz,,,,,,City", "state “ZZ” is not a two-letter code such as OK."),
    "population": ("Ames,IA,ames-ia,,,,,many,City", "population “many” is not a whole number."),
    "negative": ("Ames,IA,ames-ia,,,,,-5,City", "population “-5” is not a whole number."),
    "huge": ("Ames,IA,ames-ia,,,,,9999999999,City", "population “9999999999” is not a whole number."),
    "other digits": ("Ames,IA,ames-ia,,,,,٣,City", "population “٣” is not a whole number."),
    "latitude": ("Ames,IA,ames-ia,,,95,-93.6,,City", "latitude “95” is out of range: −90 to 90."),
    "longitude": ("Ames,IA,ames-ia,,,42,-193.6,,City", "longitude “-193.6” is out of range: −180 to 180."),
    "nan": ("Ames,IA,ames-ia,,,nan,-93.6,,City", "latitude “nan” is not a number of degrees."),
    "half a position": ("Ames,IA,ames-ia,,,42,,,City", "latitude and longitude come together: one is empty."),
    "geoid": ("Ames,IA,ames-ia,644000,,,,,City", "geoid “644000” does not have seven digits (or ten)."),
    "geoid twice": ("Ames,IA,ames-ia,4075000,,,,,City", "geoid “4075000” stands on line 2 already."),
    "slug twice": ("Tulsa,OK,tulsa-ok,,,,,,City", "slug “tulsa-ok” stands on line 2 already."),
    "slug": ("Ames,IA,Ames IA,,,,,,City", "slug “Ames IA” may hold only small letters"),
    "no slug": ("Ames,IA,,,,,,,City", "slug is empty."),
    "no name": (",IA,ames-ia,,,,,,City", "name is empty."),
    "long name": (f"{'A' * 101},IA,ames-ia,,,,,,City", "name has 101 letters; 100 is the most."),
    "missing cell": ("Ames,IA,ames-ia,,,,,", "The row has 8 cells, the header has 9."),
    "extra cell": ("Ames,IA,ames-ia,,,,,,City,x", "The row has 10 cells, the header has 9."),
    "open quote": ('"Ames,IA,ames-ia,,,,,,City', "A quotation mark opens or closes in the wrong place"),
    "NUL": ("Am\0es,IA,ames-ia,,,,,,City", "The line holds a NUL byte"),
    "control": ("Am\x07es,IA,ames-ia,,,,,,City", "The line holds a control character."),
    "10 MB cell": (f"{'x' * (10 << 20)},IA,ames-ia,,,,,,City", "The line is longer than 100,000 characters."),
    "two faults": ("Ames,ZZ,ames-zz,,,,,many,City", "code such as OK. population “many”"),
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder):
    def run(*lines, zips=None, name="cities.csv", **options):
        (folder / name).write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
        if zips is not None:
            (folder / "zips.csv").write_text("\n".join(["zip,city_slug", *zips]) + "\n", encoding="utf-8")
            options["zips"] = folder / "zips.csv"
        out = io.StringIO()
        call_command("import_cities", folder / name, stdout=out, **options)
        return out.getvalue()

    return run


def rejects(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def refusal(path, **options):
    out = io.StringIO()
    with pytest.raises(CommandError) as error:
        call_command("import_cities", path, stdout=out, commit=True, **options)
    assert not City.objects.exists()
    return str(error.value)


def test_dry_run_writes_nothing_and_says_so(run):
    said = run(TULSA, MESA)
    assert not City.objects.exists()
    assert "Dry run: nothing is written" in said
    assert "cities.csv: 2 new, 0 changed, 0 same, 0 bad" in said


def test_commit_makes_prospects_with_flag_and_time_zone(run):
    said = run(TULSA, commit=True)
    city = City.objects.get()
    assert "Dry run" not in said
    assert (city.name, city.state, city.slug, city.geoid) == ("Tulsa", "OK", "tulsa-ok", "4075000")
    assert (city.geonameid, city.population, city.latitude, city.longitude) == (4553433, 413066, 36.154, -95.993)
    assert (city.status, city.time_zone) == ("prospect", "America/Chicago")
    assert city.color_first
    assert city.color_second
    assert city.flag_field
    assert city.flag_emblem
    city.full_clean()


def test_second_run_changes_nothing(run):
    with time_machine.travel("2025-03-10T15:00:00Z"):
        run(TULSA, MESA, zips=["74103,tulsa-ok"], commit=True)
    before = list(City.objects.order_by("pk").values())
    said = run(TULSA, MESA, zips=["74103,tulsa-ok"], commit=True)
    assert "cities.csv: 0 new, 0 changed, 2 same, 0 bad" in said
    assert "zips.csv: 0 new, 0 changed, 1 same, 0 bad" in said
    assert list(City.objects.order_by("pk").values()) == before


def test_update_touches_only_what_the_file_owns(run):
    run(TULSA, commit=True)
    City.objects.update(
        status="member", color_first="#111111", flag_field="mesa", mayor_name="Q. Nichols", time_zone="America/Denver"
    )
    with time_machine.travel("2040-01-01"):
        said = run(TULSA.replace("413066", "420000"), commit=True)
    city = City.objects.get()
    assert "0 new, 1 changed, 0 same" in said
    assert (city.population, city.updated_at.year) == (420000, 2040)
    assert (city.status, city.color_first, city.flag_field) == ("member", "#111111", "mesa")
    assert (city.mayor_name, city.time_zone) == ("Q. Nichols", "America/Denver")


def test_empty_cells_change_nothing(run):
    run(TULSA, commit=True)
    said = run("Tulsa,OK,tulsa-ok,,,,,,City", commit=True)
    assert "0 new, 0 changed, 1 same" in said
    assert City.objects.get().population == 413066


def test_cities_without_a_time_zone_are_listed(run):
    said = run(TULSA, "Nowhere,KS,nowhere-ks,,,,,100,City")
    assert "1 city has no time zone; set it in the admin: Nowhere, KS" in said


@pytest.mark.parametrize("fault", BAD)
def test_bad_row_is_reported_and_the_good_ones_are_kept(run, folder, fault):
    line, reason = BAD[fault]
    said = run(TULSA, line, MESA, commit=True)
    assert set(City.objects.values_list("slug", flat=True)) == {"tulsa-ok", "mesa-az"}
    assert "cities.csv, line 3: " in said
    assert reason in said
    [row] = rejects(folder / "cities.rejects.csv")
    assert row["line"] == "3"
    assert reason in row["reason"]


def test_dry_run_writes_the_rejects_too(run, folder):
    said = run(TULSA, BAD["state"][0])
    assert "1 bad row is in cities.rejects.csv" in said
    [row] = rejects(folder / "cities.rejects.csv")
    assert (row["name"], row["state"], row["kind"]) == ("Ames", "ZZ", "City")


def test_mended_rejects_can_be_imported(run, folder):
    run(TULSA, BAD["state"][0], commit=True)
    path = folder / "cities.rejects.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Ames,ZZ", "Ames,IA"), encoding="utf-8")
    call_command("import_cities", path, commit=True, stdout=io.StringIO())
    assert City.objects.get(slug="ames-zz").state == "IA"


def test_rejects_of_rejects_name_each_column_once(run, folder):
    run(TULSA, BAD["state"][0])
    with pytest.raises(CommandError, match="No row could be used"):
        call_command("import_cities", folder / "cities.rejects.csv", stdout=io.StringIO())
    header = (folder / "cities.rejects.rejects.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert header == f"line,reason,{HEADER}"


def test_rejects_never_go_over_the_input(run, folder):
    with pytest.raises(CommandError, match="would go over"):
        run(TULSA, rejects=folder / "cities.csv")


def test_latin_1_line_is_named_and_the_rest_is_read(folder):
    rows = [HEADER, TULSA, "Cañon City,CO,canon-city-co,,,,,,City", MESA]
    path = folder / "cities.csv"
    path.write_bytes("\n".join(rows).encode("latin-1"))
    out = io.StringIO()
    call_command("import_cities", path, commit=True, stdout=out)
    assert "line 3: The line is not UTF-8 (byte f1 at letter 3). Save the file as “CSV UTF-8”." in out.getvalue()
    assert City.objects.count() == 2
    assert rejects(folder / "cities.rejects.csv")[0]["name"] == "Cañon City"


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_byte_order_mark_and_line_ends_do_not_matter(folder, mark, end):
    path = folder / "cities.csv"
    path.write_bytes(mark + end.join(line.encode() for line in [HEADER, TULSA, "", ",,,,,,,,", MESA]))
    call_command("import_cities", path, commit=True, stdout=io.StringIO())
    assert City.objects.count() == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04\x14\x00\x06\x00", "Excel workbook"),
        (HEADER.encode("utf-16"), "UTF-16"),
        (b"\x7fELF\x00\x00\x00\n", "not a text"),
        (b"name,state,geoid\nTulsa,OK,4075000\n", "lacks these columns: slug, geonameid"),
        (HEADER.replace(",", ";").encode(), "does not separate its columns with commas"),
        (f"{HEADER},name\n".encode(), "names a column twice: name"),
        (f"{HEADER},ca\xf1on\n".encode("latin-1"), "line 1, is not UTF-8"),
        (f"{HEADER}\n".encode(), "No row could be used"),
        (f"{HEADER}\n{BAD['state'][0]}\n".encode(), "No row could be used"),
    ],
)
def test_unusable_file_is_refused_in_words(folder, content, reason):
    path = folder / "cities.csv"
    path.write_bytes(content)
    assert reason in refusal(path)


def test_missing_file_and_folder_are_refused_in_words(folder):
    assert "There is no file" in refusal(folder / "none.csv")
    assert "cannot be opened" in refusal(folder)


def test_bad_zip_file_stops_the_import_before_anything_is_written(folder):
    path = folder / "cities.csv"
    path.write_text(f"{HEADER}\n{TULSA}\n", encoding="utf-8")
    assert "There is no file" in refusal(path, zips=folder / "none.csv")


def test_geoid_of_another_city_is_refused(run, folder):
    CityFactory(slug="other-ok", geoid="4075000")
    run(TULSA, MESA, commit=True)
    assert rejects(folder / "cities.rejects.csv")[0]["reason"] == "geoid “4075000” belongs to other-ok."
    assert City.objects.count() == 2


def test_zips_go_to_their_cities_and_the_others_are_counted(run):
    said = run(TULSA, zips=["74103,tulsa-ok", "74104,tulsa-ok", "00501,", "00544,"], commit=True)
    assert list(CityZip.objects.values_list("city__slug", "zip")) == [("tulsa-ok", "74103"), ("tulsa-ok", "74104")]
    assert "zips.csv: 2 new, 0 changed, 0 same, 0 bad" in said
    assert "2 ZIP codes belong to no city of this list" in said


def test_dry_run_knows_the_cities_that_the_same_run_would_make(run):
    assert "zips.csv: 1 new, 0 changed, 0 same, 0 bad" in run(TULSA, zips=["74103,tulsa-ok"])


def test_bad_zip_rows_are_reported(run, folder):
    zips = ["74103,tulsa-ok", "7410,tulsa-ok", "ABCDE,", "74103,tulsa-ok", "85201,mesa-az"]
    run(TULSA, zips=zips, commit=True)
    found = [(row["line"], row["reason"]) for row in rejects(folder / "zips.rejects.csv")]
    assert found == [
        ("3", "zip “7410” does not have five digits. A spreadsheet may have dropped a leading 0."),
        ("4", "zip “ABCDE” does not have five digits. A spreadsheet may have dropped a leading 0."),
        ("5", "The same code and city stand on line 2 already."),
        ("6", "city_slug “mesa-az” is no city of the list."),
    ]
    assert CityZip.objects.count() == 1


def test_import_adds_zips_and_takes_none_away(run):
    run(TULSA, zips=["74103,tulsa-ok"], commit=True)
    CityZip.objects.create(city=City.objects.get(), zip="74999")
    run(TULSA, zips=["74104,tulsa-ok"], commit=True)
    assert set(CityZip.objects.values_list("zip", flat=True)) == {"74103", "74104", "74999"}


def test_chosen_rejects_file_has_a_sister_for_zips(run, folder):
    run(TULSA, BAD["state"][0], zips=["1,tulsa-ok"], rejects=folder / "out.csv")
    assert len(rejects(folder / "out.csv")) == 1
    assert len(rejects(folder / "out-zips.csv")) == 1


def test_files_of_one_name_have_two_rejects_files(folder):
    (folder / "zips").mkdir()
    zips = folder / "zips" / "cities.csv"
    zips.write_text("zip,city_slug\n1,tulsa-ok\n", encoding="utf-8")
    (folder / "cities.csv").write_text("\n".join([HEADER, TULSA, BAD["state"][0]]) + "\n", encoding="utf-8")
    out = io.StringIO()
    call_command("import_cities", folder / "cities.csv", zips=zips, stdout=out)
    assert [row["slug"] for row in rejects(folder / "cities.rejects.csv")] == ["ames-zz"]
    assert [row["zip"] for row in rejects(folder / "cities-zips.rejects.csv")] == ["1"]
    assert "cities-zips.rejects.csv" in out.getvalue()


def test_crash_while_writing_leaves_no_half_state(run, monkeypatch):
    run(TULSA, commit=True)

    def fail(*args, **kwargs):
        raise RuntimeError("disk full")

    monkeypatch.setattr("django.db.models.query.QuerySet.bulk_update", fail)
    with pytest.raises(RuntimeError):
        run(TULSA.replace("413066", "420000"), MESA, commit=True)
    assert list(City.objects.values_list("slug", "population")) == [("tulsa-ok", 413066)]


@pytest.mark.real_data
def test_real_lists_come_in_whole(folder, real_data):
    def run():
        out = io.StringIO()
        call_command("import_cities", real_data / "cities.csv", zips=real_data / "zips.csv", commit=True, stdout=out)
        return out.getvalue()

    said = run()
    assert "cities.csv: 832 new, 0 changed, 0 same, 0 bad" in said
    assert "zips.csv: 9,466 new, 0 changed, 0 same, 0 bad" in said
    assert "32,528 ZIP codes belong to no city of this list" in said
    assert City.objects.filter(time_zone="").count() == 8
    assert "cities.csv: 0 new, 0 changed, 832 same, 0 bad" in run()
