"""Blood pressure monitors on loan: asked for by text, taken there by a champion, chased back."""
