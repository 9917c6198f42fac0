"""Charts and maps: from results to figures drawn alike on the page, in the PDF and in the Word file."""

from upstream.charts.age_pyramid import age_pyramid
from upstream.charts.area_map import area_map, marked_map
from upstream.charts.bars import bars, concentration_bars
from upstream.charts.control_chart import control_chart, small_control_chart
from upstream.charts.figure import Figure
from upstream.charts.force_strip import force_strip
from upstream.charts.funnel import funnel
from upstream.charts.interval_dots import Reference, deprivation_gradient, interval_dots
from upstream.charts.lines import lines
from upstream.charts.month_heat import grid_heat, month_heat
from upstream.charts.share_bars import share_bars

__all__ = [
    "Figure",
    "Reference",
    "age_pyramid",
    "area_map",
    "bars",
    "concentration_bars",
    "control_chart",
    "deprivation_gradient",
    "force_strip",
    "funnel",
    "grid_heat",
    "interval_dots",
    "lines",
    "marked_map",
    "month_heat",
    "share_bars",
    "small_control_chart",
]
