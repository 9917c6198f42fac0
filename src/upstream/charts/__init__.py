"""Charts and maps: from results to figures drawn alike on the page, in the PDF and in the Word file."""

from upstream.charts.control_chart import control_chart, small_control_chart
from upstream.charts.figure import Figure

__all__ = ["Figure", "control_chart", "small_control_chart"]
