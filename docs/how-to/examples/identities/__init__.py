"""
The users of the Portal, in the database of a Django project.
"""
