"""The block library: what pages, menus and footers are made of."""

from portal.core.blocks.base import PortalBlock, line_block, words_block
from portal.core.blocks.body import BodyStreamBlock, contents
from portal.core.blocks.data import PeopleBlock, StatisticsBlock, TableBlock
from portal.core.blocks.layout import CallToActionBlock, CardGridBlock, FeatureBlock
from portal.core.blocks.link import ButtonBlock, FooterColumnBlock, LinkBlock, MenuBlock, MenuItemBlock
from portal.core.blocks.media import DownloadsBlock, FilmBlock, PictureBlock
from portal.core.blocks.targets import ResolvedLinks, resolve_links
from portal.core.blocks.text import (
    AccordionBlock,
    ChecklistBlock,
    HeadingBlock,
    NoticeBlock,
    ProseBlock,
    QuoteBlock,
    StepsBlock,
)

__all__ = [
    "AccordionBlock",
    "BodyStreamBlock",
    "ButtonBlock",
    "CallToActionBlock",
    "CardGridBlock",
    "ChecklistBlock",
    "DownloadsBlock",
    "FeatureBlock",
    "FilmBlock",
    "FooterColumnBlock",
    "HeadingBlock",
    "LinkBlock",
    "MenuBlock",
    "MenuItemBlock",
    "NoticeBlock",
    "PeopleBlock",
    "PictureBlock",
    "PortalBlock",
    "ProseBlock",
    "QuoteBlock",
    "ResolvedLinks",
    "StatisticsBlock",
    "StepsBlock",
    "TableBlock",
    "contents",
    "line_block",
    "resolve_links",
    "words_block",
]
