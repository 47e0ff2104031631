"""Sealed runs at another place, a shared folder or an S3-compatible storage: sent, listed, checked and fetched."""
