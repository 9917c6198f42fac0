"""Statistical methods, one a file: numbers in, frozen results out, each saying how it was made."""

from upstream.methods.xmr import Verdict, XmrResult, xmr

__all__ = ["Verdict", "XmrResult", "xmr"]
