"""What a text asks for when it answers no question: read as a wish, and fulfilled, passed on or asked about.

``hearing`` comes here last, when nothing with a meaning of its own was found in a text.
"""
