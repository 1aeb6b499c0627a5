"""The coded record of one dialogue, and what can be computed from it.

The data flow one way: the files of ``data/`` are read and judged once, and from then on frames go
in and frames come out. A module imports only from lines below its own::

    __main__                       the command line
    beside                         the record beside the words of a reader's own copy
    start                          the beginning of a record of another document
    what_if                        the numbers of the book on a record with other codes
    sheet                          a blind reading: statements to be coded, and the codes joined
    page                           what a page shows
    changes                        what differs between two versions of the data
    items                          what is cited by itself: its file, its hash, its citation
    archive                        the data package, in one archive, workbook or database
    exchange                       the codebook and the coding, for other programs
    verify                         a copy of the document compared with the record
    export  cite                   what is given away: tables, citations
    tables                         one function for each table
    check                          rules that a schema cannot say
    record                         what a valid record is: read, typed and held to its schema
    document  batch                a document as paragraphs; one task done to many files
    characters                     which characters no reader can see
    uses                           which tables and files a process has used
    provenance                     what was computed from what
    paths  exit_codes              where the project keeps its things; how a command ends
"""
