"""Text and bytes: strict JSON, multibase, timestamps, IRIs. Nothing here knows what a credential is."""
