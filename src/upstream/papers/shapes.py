"""The shape of each state as a small drawing for the page: words and shape stand together, so colour is never alone."""

from __future__ import annotations

from upstream.papers.blocks import State

_LINE = 'fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"'
_DRAWN = {
    State.DONE: f'<path d="M1.8 6.4 4.6 9.2 10.2 3" {_LINE}/>',
    State.OPEN: f'<circle cx="6" cy="6" r="4" {_LINE}/>',
    State.DUE: f'<path d="M1.5 6h8M6.7 2.8 9.9 6 6.7 9.2" {_LINE}/>',
    State.LATE: f'<path d="M6 1.6v5.2M6 10.1v.3" {_LINE}/>',
    State.ORDINARY: '<circle cx="6" cy="6" r="4.4"/>',
    State.WORSE: '<path d="M6 .6 11.4 6 6 11.4.6 6z"/>',
    State.BETTER: '<path d="M6 1 11.4 10.6H.6z"/>',
    State.CHANGED: '<path d="M1.6 1.6h8.8v8.8H1.6z"/>',
    State.UNKNOWN: f'<circle cx="6" cy="6" r="4.4" stroke-dasharray="2.4 2.2" {_LINE}/>',
}


def shape_svg(state: State) -> str:
    """The shape as SVG in the colour of the text it stands beside; the words beside it say the state."""
    return (
        '<svg class="shape" viewBox="0 0 12 12" width="12" height="12" fill="currentColor" aria-hidden="true" '
        f'focusable="false">{_DRAWN[state]}</svg>'
    )
