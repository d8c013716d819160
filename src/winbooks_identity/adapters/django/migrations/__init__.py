"""
How do the tables come into being?
"""
