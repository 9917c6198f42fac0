"""The rules that turn figures into sentences.

Each rule is a small pure function: numbers in, one sentence out, which carries the rule's name. The words are
chosen by the interval, never by the point estimate alone: *surely* when the whole interval lies on one side,
*no clear difference* when it does not, *not known* when there is nothing to judge by.
"""
