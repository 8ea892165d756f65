"""The directory of services: finding what fits a need, giving it by text, and keeping what was given."""
