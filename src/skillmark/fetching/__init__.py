"""The one place that opens connections: https to public addresses, small answers, little patience, no redirects."""

from skillmark.fetching.fetchers import Fetched, Fetcher, HttpFetcher, OfflineFetcher, UnsafeAnyCertificate

__all__ = ["Fetched", "Fetcher", "HttpFetcher", "OfflineFetcher", "UnsafeAnyCertificate"]
