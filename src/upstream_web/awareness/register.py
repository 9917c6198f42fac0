"""The kinds of record of education and awareness, entered."""

from __future__ import annotations

from upstream_web.awareness.campaign_register import Campaigns, ReachFigures
from upstream_web.awareness.charter_register import Charters, SignUps
from upstream_web.awareness.education_register import Packages, Settings
from upstream_web.awareness.models import SessionMove
from upstream_web.awareness.programme_register import ActivitySessions, Programmes
from upstream_web.awareness.session_register import Observations, Sessions
from upstream_web.awareness.training_register import Completions, Courses, Headcounts, Requirements, Teams
from upstream_web.records import history
from upstream_web.records.register import enter

PACKAGES = enter(Packages())
SETTINGS = enter(Settings())
SESSIONS = enter(Sessions())
OBSERVATIONS = enter(Observations())
COURSES = enter(Courses())
TEAMS = enter(Teams())
REQUIREMENTS = enter(Requirements())
HEADCOUNTS = enter(Headcounts())
COMPLETIONS = enter(Completions())
CAMPAIGNS = enter(Campaigns())
REACH_FIGURES = enter(ReachFigures())
CHARTERS = enter(Charters())
SIGN_UPS = enter(SignUps())
PROGRAMMES = enter(Programmes())
ACTIVITY_SESSIONS = enter(ActivitySessions())

history.follow(SessionMove)  # stands on the page of its session, and keeps its history too
