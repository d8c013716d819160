"""
The adapters: what the ports look like on real parts.
"""
