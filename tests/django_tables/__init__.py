"""
An app of a project, whose tables have columns of the library.
"""
