"""Long work in steps, each a turn of its own on the one road: it survives a crash and does nothing twice."""
