"""A finished Report → PDF, Excel, CSV, JSON; writers format, they never compute."""
