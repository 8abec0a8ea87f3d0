"""From passages to quotes: what is chosen, marked, dated, and how sure it is."""
