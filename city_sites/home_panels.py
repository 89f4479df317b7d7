"""The tabs and groups in which an editor meets the city's home page."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.models import Page

from city_sites.look.fields import DrawnChoices
from city_sites.look.panels import DerivedPanel, ReadyThemesPanel

CITY_HOME_PANELS = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel(
                    "title",
                    heading=_("Name of the site"),
                    help_text=_("Stands in the header of every page, in search results and in mails to visitors."),
                ),
                FieldPanel("tagline"),
                MultiFieldPanel(
                    [FieldPanel("hero_title"), FieldPanel("hero_lead"), FieldPanel("hero_links")],
                    heading=_("Top of the home page"),
                ),
                FieldPanel("body"),
            ],
            heading=_("Home page"),
        ),
        ObjectList(
            [
                ReadyThemesPanel(heading=_("Ready themes")),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("color_first"), FieldPanel("color_second")]),
                        FieldRowPanel([FieldPanel("color_band"), FieldPanel("color_action")]),
                        DerivedPanel(),
                    ],
                    heading=_("Colors"),
                ),
                MultiFieldPanel(
                    [
                        FieldPanel("pairing", widget=DrawnChoices("pairing", _("Letters"))),
                        FieldPanel("scheme", widget=DrawnChoices("scheme", _("Light and dark"))),
                    ],
                    heading=_("Letters, light and dark"),
                ),
                MultiFieldPanel([FieldPanel("logo"), FieldPanel("hero_image")], heading=_("Pictures")),
                MultiFieldPanel(
                    [
                        FieldPanel("hero_style", widget=DrawnChoices("hero", _("Top of the home page"))),
                        FieldPanel("header_layout", widget=DrawnChoices("header", _("Header"))),
                        FieldPanel("footer_layout", widget=DrawnChoices("footer", _("Footer"))),
                    ],
                    heading=_("Layout"),
                ),
            ],
            heading=_("Look"),
        ),
        ObjectList(
            [
                HelpPanel(_("These stand around every page of your site. They change when you publish this page.")),
                FieldPanel("menu"),
                FieldPanel("footer"),
                FieldPanel("footer_note"),
                MultiFieldPanel(
                    [
                        PageChooserPanel("contact_page"),
                        PageChooserPanel("privacy_page"),
                        PageChooserPanel("accessibility_page"),
                    ],
                    heading=_("Pages that others link to"),
                    help_text=_("Buttons and forms lead to these three, so each has to be chosen and published."),
                ),
            ],
            heading=_("Menu and footer"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [FieldPanel("contact_lines"), FieldPanel("contact_phone"), FieldPanel("contact_email")],
                    heading=_("Contact"),
                    help_text=_(
                        "Stands in the footer of every page. Where messages from the contact form go is said on the "
                        "contact page itself."
                    ),
                ),
                FieldPanel("social_links"),
                MultiFieldPanel(
                    [
                        FieldPanel("notice_text"),
                        FieldPanel("notice_link"),
                        FieldPanel("notice_kind"),
                        FieldRowPanel([FieldPanel("notice_from"), FieldPanel("notice_until")]),
                    ],
                    heading=_("Notice above every page"),
                    help_text=_(
                        "Shows from the first day to the last, if you give them. Leave it empty for no notice."
                    ),
                ),
            ],
            heading=_("Contact and notice"),
        ),
        ObjectList(
            [
                MultiFieldPanel(
                    [
                        FieldPanel(
                            "seo_title",
                            heading=_("Title in search results"),
                            help_text=_("Leave empty, and the name of the site is used."),
                        ),
                        FieldPanel(
                            "search_description",
                            heading=_("Words under it"),
                            help_text=_("One or two sentences: what people find here, and that they can join in."),
                        ),
                    ],
                    heading=_("In search engines"),
                    help_text=_(
                        "The address of your site is fixed. A lead can ask for one of your own: “Web address”."
                    ),
                )
            ],
            heading=_("Search engines"),
        ),
        ObjectList(Page.settings_panels, heading=_("Settings")),
    ]
)
