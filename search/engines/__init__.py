"""What finds documents by their words: the database itself, or Elasticsearch."""
