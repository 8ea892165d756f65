"""Places: somebody's sign-up on a session, from booking to whether they got there, and all that hangs on it.

Waiting lists and offers, reminders and what falls due about a place belong here. Groups and their dated
sessions are in ``activities``; changing one's mind by text is in ``changing``.
"""
