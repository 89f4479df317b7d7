"""Words: analysis, counting, what a query asks for, order, extracts."""
