"""
Forms: what they ask, how they are read, and how other programs describe them.
"""
