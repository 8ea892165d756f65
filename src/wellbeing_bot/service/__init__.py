"""What the service does: the one road, and the subjects that it leads to. The map: docs/architecture.md."""
