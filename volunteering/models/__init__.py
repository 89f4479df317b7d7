"""Pages that people read; plain rows for times, people and hours."""

from volunteering.models.choices import (
    ACTIVE,
    DATED,
    HOLDING,
    SPOKEN,
    AgeBand,
    Attendance,
    Daypart,
    Lifting,
    LogStatus,
    ShiftStatus,
    SignLanguage,
    SignUpStatus,
    TeenRule,
    Timing,
    YesNo,
)
from volunteering.models.initiative import InitiativePage
from volunteering.models.opportunity import CityRules, ImportedOpportunity, Opportunity
from volunteering.models.page import OpportunityPage
from volunteering.models.shift import Schedule, Shift
from volunteering.models.sign_up import RosterMessage, ServiceLog, SignUp, WaiverText

__all__ = [
    "ACTIVE",
    "DATED",
    "HOLDING",
    "SPOKEN",
    "AgeBand",
    "Attendance",
    "CityRules",
    "Daypart",
    "ImportedOpportunity",
    "InitiativePage",
    "Lifting",
    "LogStatus",
    "Opportunity",
    "OpportunityPage",
    "RosterMessage",
    "Schedule",
    "ServiceLog",
    "Shift",
    "ShiftStatus",
    "SignLanguage",
    "SignUp",
    "SignUpStatus",
    "TeenRule",
    "Timing",
    "WaiverText",
    "YesNo",
]
