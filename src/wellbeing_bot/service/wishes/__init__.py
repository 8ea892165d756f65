"""A text that answers no question: read as a wish, then fulfilled, answered, passed on or asked about.

``fulfilling`` leads each wish to where it is dealt with. What is on record is told here; what changes
the record (coming, not coming, a lift, a lunch) is done in the folder of its subject.
"""
