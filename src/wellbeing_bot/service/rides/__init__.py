"""Transport to a session and home again: asked for, sent to whoever drives, answered, and looked after."""
