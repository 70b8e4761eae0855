"""The VC-API of the conformance profile, for the W3C's test suites. Its keys come from a seed: never on a real site."""
