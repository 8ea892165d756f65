"""What link workers do by text: writing first, appointments, saying goodbye, and being seen again."""
