"""Words that mean the same, and results that staff put first."""
