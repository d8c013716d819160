"""
The one implementation of the WinBooks ID.
"""
