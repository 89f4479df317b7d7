"""References between models obey the floors too: import-linter cannot see a model named in a string."""

from django.apps import apps
from django.contrib.auth import get_user_model

FLOORS = {
    "core": 1,
    "accounts": 1,
    "media": 1,
    "coalition": 2,
    "search": 3,
    "home": 4,
    "resources": 5,
    "recruitment": 5,
    "volunteering": 5,
    "city_sites": 6,
    "demo": 7,
}


def first_party_relations():
    for model in apps.get_models():
        if model._meta.app_label not in FLOORS:
            continue
        for field in model._meta.get_fields():
            if not field.is_relation or not field.related_model or field.auto_created:
                continue
            if field.related_model is not get_user_model():  # named by setting, so that any floor may point at a person
                yield model._meta.label, model._meta.app_label, field.name, field.related_model._meta.app_label


def test_every_first_party_app_has_a_floor():
    ours = {
        config.label
        for config in apps.get_app_configs()
        if config.name.split(".")[0]
        in {"portal", "coalition", "search", "home", "resources", "volunteering", "city_sites"}
    }
    assert ours <= set(FLOORS)


def test_no_model_points_at_a_floor_above_its_own():
    relations = list(first_party_relations())
    assert relations
    wrong = [
        f"{label}.{name} points at {target}"
        for label, own, name, target in relations
        if target in FLOORS and target != own and FLOORS[target] >= FLOORS[own]
    ]
    assert wrong == []
