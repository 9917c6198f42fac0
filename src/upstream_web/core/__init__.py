"""What every page stands on: the frame, the parts, the open partnership and background work."""
