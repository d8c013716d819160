"""
The commands that let identity providers in, and keep their tokens.
"""
