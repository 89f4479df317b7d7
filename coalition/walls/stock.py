"""Wagtail's and wagtail-localize's addresses: each one's rule. What is not named here is closed to city people."""

from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from coalition.walls import rules
from coalition.walls.bulk import own_things
from coalition.walls.editing import own_object
from coalition.walls.registry import classify
from coalition.walls.translations import own_source, own_translation, own_translation_by_file

CHANGE = ("change", "delete", "add")


def classify_stock() -> None:
    """Put a rule before each address that Wagtail and wagtail-localize bring along."""
    _shell()
    _pages()
    _choosers()
    _images()
    _documents()
    _translations()
    _staff_rooms()


def _shell() -> None:
    """The frame of the admin, one's own account, what is computed from nothing but the request."""
    classify(
        rules.for_everybody,
        "wagtailadmin_home",
        "wagtailadmin_account",
        "wagtailadmin_login",
        "wagtailadmin_logout",
        "wagtailadmin_password_reset",
        "wagtailadmin_password_reset_done",
        "wagtailadmin_password_reset_confirm",
        "wagtailadmin_password_reset_complete",
        "wagtailadmin_sprite",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_dismissibles",
        "wagtailadmin_block_preview",
        "wagtailadmin_editing_sessions:release",
        "wagtailembeds:*",
        "wagtail_localize:javascript_catalog",
    )
    classify(own_object, "wagtailadmin_editing_sessions:ping")


def _pages() -> None:
    classify(
        rules.for_everybody,
        "wagtailadmin_explore_root",
        "wagtailadmin_pages:search",
        "wagtailadmin_pages:search_results",
        "wagtailadmin_api:pages:listing",
        "wagtailadmin_api:pages:find",
    )
    classify(rules.way_to_own_page("parent_page_id"), "wagtailadmin_explore", "wagtailadmin_explore_results")
    classify(
        rules.own_page("parent_page_id"),
        "wagtailadmin_pages:add",
        "wagtailadmin_pages:preview_on_add",
        "wagtailadmin_pages:add_subpage",
    )
    page = rules.own_page("page_id")
    classify(page, *(f"wagtailadmin_pages:{name}" for name in _BY_PAGE_ID))
    classify(rules.own_page("page_to_move_id"), "wagtailadmin_pages:move", "wagtailadmin_pages:set_page_position")
    classify(rules.own_page("page_to_move_id", "destination_id"), "wagtailadmin_pages:move_confirm")
    own = rules.own_page("pk")
    classify(own, "wagtailadmin_pages:revisions_compare")
    classify(own, "wagtailadmin_api:pages:detail", "wagtailadmin_api:pages:action")
    classify(own_things, "wagtail_bulk_action")


_BY_PAGE_ID = (
    "usage",
    "edit",
    "preview_on_edit",
    "view_draft",
    "delete",
    "unpublish",
    "convert_alias",
    "copy",
    "workflow_action",
    "collect_workflow_action_data",
    "confirm_workflow_cancellation",
    "workflow_preview",
    "set_privacy",
    "lock",
    "unlock",
    "revisions_index",
    "revisions_view",
    "revisions_revert",
    "revisions_unschedule",
    "workflow_history",
    "workflow_history_detail",
    "history",
    "history_results",
)


def _choosers() -> None:
    classify(
        rules.for_everybody,
        "wagtailadmin_choose_page",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_choose_page_anchor_link",
    )
    classify(rules.readable_page("parent_page_id"), "wagtailadmin_choose_page_child")
    classify(rules.readable_ids, "wagtailadmin_choose_page_chosen_multiple")


def _images() -> None:
    classify(
        rules.for_everybody,
        "wagtailimages:index",
        "wagtailimages:index_results",
        "wagtailimages:add",
        "wagtailimages:add_multiple",
        "wagtailimages_chooser:choose",
        "wagtailimages_chooser:choose_results",
        "wagtailimages_chooser:create",
        "wagtailadmin_api:images:listing",
        "wagtailadmin_api:images:find",
    )
    classify(
        rules.own_file(get_image_model, "image_id", CHANGE),
        "wagtailimages:edit",
        "wagtailimages:delete",
        "wagtailimages:preview",
        "wagtailimages:image_usage",
        "wagtailimages:edit_multiple",
        "wagtailimages:delete_multiple",
    )
    classify(rules.own_file(get_image_model, "image_id"), "wagtailimages_chooser:select_format")
    chosen = rules.own_file(get_image_model, "pk")
    classify(chosen, "wagtailimages_chooser:chosen", "wagtailadmin_api:images:detail")
    classify(rules.own_files_by_id(get_image_model), "wagtailimages_chooser:chosen_multiple")
    classify(
        rules.own_upload("uploaded_file_id"),
        "wagtailimages:create_multiple_from_uploaded_image",
        "wagtailimages:delete_upload_multiple",
    )


def _documents() -> None:
    classify(
        rules.for_everybody,
        "wagtaildocs:index",
        "wagtaildocs:index_results",
        "wagtaildocs:add",
        "wagtaildocs:add_multiple",
        "wagtaildocs_chooser:choose",
        "wagtaildocs_chooser:choose_results",
        "wagtaildocs_chooser:create",
        "wagtailadmin_api:documents:listing",
        "wagtailadmin_api:documents:find",
    )
    classify(
        rules.own_file(get_document_model, "document_id", CHANGE),
        "wagtaildocs:edit",
        "wagtaildocs:delete",
        "wagtaildocs:document_usage",
    )
    classify(
        rules.own_file(get_document_model, "doc_id", CHANGE),
        "wagtaildocs:edit_multiple",
        "wagtaildocs:delete_multiple",
    )
    classify(
        rules.own_file(get_document_model, "pk"), "wagtaildocs_chooser:chosen", "wagtailadmin_api:documents:detail"
    )
    classify(rules.own_files_by_id(get_document_model), "wagtaildocs_chooser:chosen_multiple")
    classify(
        rules.own_upload("uploaded_file_id"),
        "wagtaildocs:create_multiple_from_uploaded_document",
        "wagtaildocs:delete_upload_multiple",
    )


def _translations() -> None:
    classify(rules.own_page("page_id"), "wagtail_localize:submit_page_translation", "wagtail_localize:convert_to_alias")
    classify(own_source, "wagtail_localize:update_translations")
    classify(own_translation_by_file, "wagtail_localize:upload_pofile")
    classify(
        own_translation,
        "wagtail_localize:edit_string_translation",
        "wagtail_localize:edit_override",
        "wagtail_localize:download_pofile",
        "wagtail_localize:preview_translation",
        "wagtail_localize:stop_translation",
    )


def _staff_rooms() -> None:
    """What knows no cities: settings, reports, lists of all. City people have rooms of their own for what they need."""
    classify(
        rules.for_staff,
        "wagtailadmin_error_test",
        "wagtailadmin_tag_autocomplete",
        "wagtailadmin_tag_model_autocomplete",
        "wagtailadmin_pages:type_use",
        "wagtailadmin_pages:type_use_results",
        "wagtailadmin_pages:choose_parent",
        "wagtailadmin_collections:*",
        "wagtailadmin_workflows:*",
        "wagtailadmin_reports:*",
        "wagtailimages:url_generator",
        "wagtailimages:url_generator_output",
        "wagtailforms:*",
        "wagtailredirects:*",
        "wagtailsnippets:*",
        "wagtailsites:*",
        "wagtailusers_users:*",
        "wagtailusers_groups:*",
        "wagtailusers_api_tokens:*",
        "wagtaillocales:*",
        "wagtail_localize:machine_translate",
        "wagtail_localize:submit_snippet_translation",
        "wagtail_localize:snippets_api_listing",
        "wagtail_localize:snippets_api_detail",
        "wagtail_localize:translations_report",
        "wagtail_localize:translations_report_results",
    )
