"""Reviews after serious incidents, what was learnt and what was done."""
