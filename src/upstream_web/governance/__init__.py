"""Boards: their meetings, papers, minutes and decisions; risks and issues; what is escalated, and to whom."""
