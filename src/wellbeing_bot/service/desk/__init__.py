"""What staff do at the desk: one function an action, all of them listed by name in ``registry``.

What an action takes is in ``base``. The actions of a subject that has a folder of its own (rides, lunches,
clinics) stand there in a module ``desk``; here are those about people, activities, tasks and the network.
The pages that call these actions are in ``web.desk``.
"""
