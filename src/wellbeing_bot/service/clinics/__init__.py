"""Clinics: groups that see people one by one, at times of their own. See docs/decisions on clinic times."""
