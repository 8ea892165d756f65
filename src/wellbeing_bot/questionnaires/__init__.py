"""Questionnaires: instruments as data, their scores, when they are asked and what comes out.

Pure: no clock (now is an argument), no database, no network. Files are read by ``loader`` and ``plan_file``
alone. What each instrument may and may not be used for stands in its YAML file, with the source named.
"""
