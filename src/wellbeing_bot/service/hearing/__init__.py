"""One text that came in: who is behind the phone, what it means, which open question it answers.

``hearing`` holds the order, which is the order of care: urgent words, STOP, who it is, the question it
fits. A text that answers no question goes on to ``wishes``. What a conversation then does is in ``talking``.
"""
