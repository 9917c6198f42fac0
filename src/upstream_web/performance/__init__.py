"""The performance framework: indicators with targets, values typed in, commentary, and quarters that are frozen."""
