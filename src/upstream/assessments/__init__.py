"""The needs assessment as content, the rules that write its sentences, and its four forms."""

from upstream.assessments.document import Document
from upstream.assessments.needs_assessment import needs_assessment
from upstream.assessments.writing import write

__all__ = ["Document", "needs_assessment", "write"]
