"""Moving in and out: old addresses that lead to the new pages, and the whole site as files to take along."""
