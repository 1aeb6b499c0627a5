"""Begin a record of another document: what a program gets right, no more.

What is filled is scored once, column by column, on summaries that no rule was made for (see
``tests/start``); a column that is not right nineteen times in twenty is to be taken out of
`analysis.record.beginning.FILLED`. Every other cell is blank. The modules::

    sentences     where sentences begin and end; which may recommend something
    numbers       quantities in digits, and symbols of documents
    rows          the rows of every table
    writing       the data folder, and the checklist of what a reader must decide
"""

from analysis.start.rows import tables
from analysis.start.writing import write

__all__ = ["tables", "write"]
