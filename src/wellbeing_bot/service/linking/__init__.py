"""One person, two channels: proving it with a code, or a link worker saying so; and which is preferred."""
