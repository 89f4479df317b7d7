"""Blocks that only resources use."""

from resources.blocks.letter import LetterBlock
from resources.blocks.steps import GuideStepBlock, GuideStepsBlock, give_anchors, step_values
from resources.blocks.tools import ChapterBlock, ToolBlock

__all__ = [
    "ChapterBlock",
    "GuideStepBlock",
    "GuideStepsBlock",
    "LetterBlock",
    "ToolBlock",
    "give_anchors",
    "step_values",
]
