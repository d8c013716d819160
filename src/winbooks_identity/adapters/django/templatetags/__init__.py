"""
What do the templates of the pages say that no view tells them?
"""
