"""What the documents look like: Open Badges 3.0 and the Verifiable Credentials data model, as classes and as schemas.

The classes need pydantic; `schemas`, `extension`, `european` and `writing` do not, so nothing is imported here.
"""
