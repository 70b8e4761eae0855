"""JSON-LD contexts: the pinned documents, and what they mean once compiled."""
