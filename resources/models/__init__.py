"""The resource library."""

from resources.models.base import ResourcePage
from resources.models.choices import Access, Audience, Effort, Evidence, Format, Licence
from resources.models.collections import PlaybookPage, ToolkitPage
from resources.models.counting import DownloadCount
from resources.models.feedback import Feedback
from resources.models.guide import GuidePage
from resources.models.imported import ImportedGuide
from resources.models.library import LibraryPage
from resources.models.reference import GuideReferencePage
from resources.models.tags import LibraryTag, MergedTag, ResourceTag
from resources.models.uses import GuideCopy, GuideUse

__all__ = [
    "Access",
    "Audience",
    "DownloadCount",
    "Effort",
    "Evidence",
    "Feedback",
    "Format",
    "GuideCopy",
    "GuidePage",
    "GuideReferencePage",
    "GuideUse",
    "ImportedGuide",
    "LibraryPage",
    "LibraryTag",
    "Licence",
    "MergedTag",
    "PlaybookPage",
    "ResourcePage",
    "ResourceTag",
    "ToolkitPage",
]
