"""What a lecturer runs: exercises are written, built, handed out and marked here.

The command line does it all (``crmlab exercises``, ``crmlab grade``); the modules are for those who want it in Python.

``source``
    A set as its author writes it, with solutions and misconceptions.
``building``, ``notebooks``, ``nbgrader``
    What students get of it, after everything in it was proved place by place.
``keys``, ``course_map``
    The lecturer's key, and which book section, notebook, app and function belong together.
``sandbox``
    Runs a stranger's notebook behind fences and takes out what it recorded.
``submissions``, ``marking``, ``copies``, ``feedback``, ``grading``
    From a folder of notebooks to marks, feedback, log, item data and evidence.

It needs the extra ``teaching`` (jupytext and psutil).

Examples
--------
>>> from crmlab.teaching.source import read, sources
>>> read(sources()[0]).name
'00-how-exercises-work'
"""
