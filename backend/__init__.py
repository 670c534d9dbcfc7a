"""The Passerelle service: records, API and the seam to the matching library."""

__version__ = "0.1.0"
