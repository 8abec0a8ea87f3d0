"""Ranked lists of passages: BM25, FAISS, and both as one."""
