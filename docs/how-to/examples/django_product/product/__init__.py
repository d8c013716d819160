"""
A product whose people sign in with their WinBooks ID.
"""
