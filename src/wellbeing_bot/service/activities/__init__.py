"""Groups and their dated sessions: finding one that fits, planning ahead, calling off, interest lists.

What a session is, when and where, belongs here. Who is signed up on it is in ``places``.
"""
