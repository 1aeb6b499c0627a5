"""Paragraph 53: the coded record of one dialogue, and what can be computed from it.

The data flow one way. A module imports only from lines below its own::

    __main__                                  the command line
    export  verify  record  cite              doors out, and the side doors for the document
    figures  uptake  context                  one function per picture; what was taken up; figures from elsewhere
    tables  agreement                         one function per table; how far two readings agree
    check                                     rules that a schema cannot say
    readings                                  its rules on two readings and on uptake
    load                                      data/ in, validated and typed
    validation  passed                        the check against the schema; what has passed it
    document  show                            the document; what a notebook shows
    batch  drawing  paths  problems           what all of them stand on
    characters                                which characters no reader can see
"""
