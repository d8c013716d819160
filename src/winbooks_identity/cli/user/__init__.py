"""
The commands that make users, show them, and take the steps of their lives.
"""
