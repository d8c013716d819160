"""
How would one write the Portal's *Gebruikers* with the library?

A product on Flask, to try and to copy from.  `app` puts it together; every page is
one module, with a template of the same name.
"""
