"""
The command line: the library's main job from a shell.

It needs the extra ``[cli]``.  Results go to standard output, words and progress
to standard error; every command can answer in JSON instead.
"""
