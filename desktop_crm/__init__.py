"""Desktop CRM: an offline-first CRM over one local file."""

__version__ = "0.1.0"
