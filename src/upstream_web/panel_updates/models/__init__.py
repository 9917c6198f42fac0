"""The records of plan updates."""

from upstream_web.panel_updates.models.panel_update import PanelUpdate, UpdateSection, UpdateState

__all__ = ["PanelUpdate", "UpdateSection", "UpdateState"]
