"""Questions: what they ask for, what was meant by a follow-up, which documents may answer."""
