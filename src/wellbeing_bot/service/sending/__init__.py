"""Messages on their way out: put into the outbox, claimed, sent once, and what became of each on record.

Whatever decides if, when, how fast and by which way a message goes belongs here: quiet hours, daily caps,
the pace of a channel, what providers report, what is done when it cannot be delivered. What a message says
is not decided here.
"""
