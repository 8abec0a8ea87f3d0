"""Files to documents, and documents to the sentences and passages that they are cut into."""
