"""Analyses, one module a subject; each takes plain tables and hands back Results."""
