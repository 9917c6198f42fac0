"""The strategy of the partnership and the plan that delivers it."""
