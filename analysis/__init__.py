"""The coded record of one dialogue, and what can be computed from it.

The data flow one way: the files of ``data/`` are read and judged once, and from then on frames go
in and frames come out. A module imports only from lines below its own::

    __main__                       the command line
    verify                         a copy of the document compared with the record
    sheet                          a blind reading: statements to be coded, and the codes joined
    export  page  cite             what is given away: tables, what a page shows, citations
    tables                         one function for each table
    check                          rules that a schema cannot say
    record                         what a valid record is: read, typed and held to its schema
    document  batch                a document as paragraphs; one task done to many files
    characters                     which characters no reader can see
    paths  exit_codes              where the project keeps its things; how a command ends
"""
