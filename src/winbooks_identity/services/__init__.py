"""
The services: each loads, decides, saves and reports; `Portal` builds them all.
"""
