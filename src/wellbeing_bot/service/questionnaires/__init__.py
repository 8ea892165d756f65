"""Questionnaires put to people: planned, asked by text or read out, watched, closed, reported.

What an instrument is, what it comes to and when it is due is in ``wellbeing_bot.questionnaires``, and pure.
Here it meets the record and the road: ``looking`` finds whom to ask today, ``opening`` begins, ``turns``
hears the answers, ``prompts`` speaks, ``ending`` ends, ``figures`` hands the record to the figures.
"""
