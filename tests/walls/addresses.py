"""Every admin address the resolver knows, filled with what belongs to one city or to both."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from django.urls import URLResolver, get_resolver, reverse
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from tests.walls.world import Estate

BY_ARGUMENT = {
    "city_id": "city",
    "page_id": "page",
    "parent_page_id": "page",
    "page_to_move_id": "page",
    "destination_id": "page",
    "page_pk": "page",
    "image_id": "image",
    "document_id": "document",
    "doc_id": "document",
    "uploaded_file_id": "uploaded_file",
    "user_id": "user",
    "invitation_id": "invitation",
    "redirect_id": "redirect",
    "revision_id": "revision",
    "revision_id_a": "revision",
    "revision_id_b": "revision",
    "task_state_id": "task_state",
    "task_id": "task",
    "workflow_state_id": "workflow_state",
    "workflow_pk": "workflow",
    "collection_id": "collection",
    "translation_id": "translation",
    "translation_source_id": "translation_source",
    "string_segment_id": "string_segment",
    "overridable_segment_id": "overridable_segment",
    "session_id": "editing_session",
    "object_id": "page",
    "guide_id": "guide",
    "copy_id": "guide_copy",
    "use_id": "guide_use",
    "feedback_id": "feedback",
    "promotion_id": "promotion",
    "guide_key": "guide_key",
    "tag_id": "city",
    "opportunity_id": "opportunity",
    "schedule_id": "schedule",
    "shift_id": "shift",
    "sign_up_id": "sign_up",
    "log_id": "log",
}
"""Argument → the kind of thing whose number it takes."""

BY_NAMESPACE = {
    "wagtailadmin_pages": "page",
    "wagtailadmin_api:pages": "page",
    "wagtailadmin_api:images": "image",
    "wagtailadmin_api:documents": "document",
    "wagtailadmin_collections": "collection",
    "wagtailadmin_workflows": "workflow",
    "wagtailimages_chooser": "image",
    "wagtaildocs_chooser": "document",
    "city_sites_hosts": "host",
    "coalition_city": "city",
    "coalition_city_chooser": "city",
    "coalition_sponsor": "sponsor",
    "mail": "mail",
    "failed-tasks": "mail",
    "time-rules": "city",
    "topics": "city",
    "search_synonyms": "city",
    "wagtaillocales": "city",
    "wagtailsites": "city",
    "wagtailusers_users": "user",
    "wagtailusers_groups": "group",
    "wagtailusers_api_tokens": "user",
    "wagtail_localize": "page",
}
"""Namespace → the kind of thing whose number its argument `pk` takes. A room of staff alone may name any kind."""

BY_NAME = {
    "wagtailadmin_workflows:edit_task": "task",
    "wagtailadmin_workflows:disable_task": "task",
    "wagtailadmin_workflows:enable_task": "task",
}

WORDS = {
    "content_type_app_name": ["home"],
    "content_type_model_name": ["storypage"],
    "app_name": ["taggit"],
    "mode": [""],
    "action_name": ["copy", "approve", "delete", "move", "publish"],
    "filter_spec": ["max-100x100"],
    "key": ["deleted", "draft"],
    "uidb64": ["MQ"],
    "token": ["abc-def"],
}
"""Arguments that name no thing of anybody's."""

MODELS = [("wagtailcore", "page"), ("media", "portalimage"), ("media", "portaldocument"), ("coalition", "city")]


@dataclass(frozen=True)
class Address:
    """One address with its arguments, and whether they are all one's own."""

    name: str
    path: str
    is_own: bool
    is_again: bool = False
    """Whether the address differs from an earlier one only by another thing of the same kind."""
    names_nothing: bool = False


class UnknownArgumentError(Exception):
    """A new address takes an argument that this walk cannot fill: tell it in `BY_ARGUMENT` or `WORDS`."""


@dataclass(frozen=True)
class Pattern:
    """One address as the resolver knows it: its name with namespaces, its route, the arguments along the whole way."""

    name: str
    route: str
    arguments: frozenset[str]
    is_plain: bool
    """Whether it can be asked without any argument, also without a nameless one."""


def admin_patterns() -> list[Pattern]:
    """Every named address below the admin's root."""
    found = [each for each in _walk(get_resolver().url_patterns) if each.route.startswith("admin/")]
    return list({(each.name, each.route): each for each in found}.values())


def public_patterns() -> list[Pattern]:
    """The same of every address that is not the admin's."""
    return [each for each in _walk(get_resolver().url_patterns) if not each.route.startswith("admin/")]


def _walk(patterns, route="", namespaces=(), arguments=frozenset(), groups=0) -> Iterator[Pattern]:
    for each in patterns:
        way, names = route + str(each.pattern), arguments | set(each.pattern.regex.groupindex)
        unnamed = groups + each.pattern.regex.groups
        if isinstance(each, URLResolver):
            inner = (*namespaces, each.namespace) if each.namespace else namespaces
            yield from _walk(each.url_patterns, way, inner, names, unnamed)
        elif each.name:
            yield Pattern(":".join([*namespaces, each.name]), way, names, is_plain=unnamed == 0)


def addresses(pattern: Pattern, mine: Estate, theirs: Estate) -> Iterator[Address]:
    """The address with every mixture of my things and theirs.

    Raises UnknownArgumentError for an argument that nobody has explained, NoReverseMatch for a value it does not take.
    """
    if pattern.name == "wagtail_bulk_action":
        yield from _bulk(pattern.name, theirs, mine)
        return
    names = sorted(pattern.arguments)
    choices = [_choices(pattern.name, argument, mine, theirs) for argument in names]
    if len(names) > 1:  # two of theirs and one of mine are enough to mix
        choices = [[*each[:2], *each[2:][-1:]] for each in choices]
    shapes: set[tuple[bool, ...]] = set()
    for chosen in product(*choices):
        values = dict(zip(names, (value for value, _own in chosen), strict=True))
        if (values.get("app_label", MODELS[0][0]), values.get("model_name", MODELS[0][1])) not in MODELS:
            continue
        shape = tuple(own for _value, own in chosen)
        yield Address(
            name=pattern.name,
            path=reverse(pattern.name, kwargs=values),
            is_own=all(shape),
            is_again=shape in shapes,
            names_nothing=not shape,
        )
        shapes.add(shape)


def _choices(name, argument, mine, theirs) -> list[tuple[object, bool]]:
    if argument == "app_label":
        return [(label, True) for label in sorted({label for label, _model in MODELS})]
    if argument == "model_name":
        return [(model, True) for _label, model in MODELS]
    if argument in WORDS:
        return [(word, True) for word in WORDS[argument] if word]
    kind = BY_ARGUMENT.get(argument)
    if kind is None and argument == "pk":
        kind = BY_NAME.get(name) or BY_NAMESPACE.get(name.rpartition(":")[0])
    if kind is None:
        raise UnknownArgumentError(f"{name} takes {argument!r}")
    foreign = [(thing.pk, False) for thing in theirs.things[kind]]
    return [*foreign, *((thing.pk, True) for thing in mine.things[kind][:1])]


def _bulk(name, theirs, mine) -> Iterator[Address]:
    for label, model in MODELS[:3]:
        kind = {"page": "page", "portalimage": "image", "portaldocument": "document"}[model]
        from django.apps import apps

        actions = sorted(action.action_type for action in bulk_action_registry.get_bulk_actions_for_model(label, model))
        assert apps.get_model(label, model)
        for action in actions:
            path = reverse(name, kwargs={"app_label": label, "model_name": model, "action": action})
            stranger, own = theirs.things[kind], mine.things[kind]
            parent = theirs.home.pk if kind == "page" else theirs.things["collection"][0].pk
            yield Address(name, f"{path}?" + "&".join(f"id={thing.pk}" for thing in stranger), is_own=False)
            yield Address(name, f"{path}?id={own[0].pk}&id={stranger[0].pk}", is_own=False)
            yield Address(name, f"{path}?id=all&childOf={parent}", is_own=False)
            yield Address(name, f"{path}?id=all", is_own=False)
