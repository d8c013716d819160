"""
How do people sign in to a Flask application, and stay in as long as they should?

`Login` has a blueprint with the pages, and the decorator for views of the product.
"""

from .login import Login


__all__ = ["Login"]
