"""
Mail: what is written, what waits in the outbox, and the relay that delivers it.
"""
