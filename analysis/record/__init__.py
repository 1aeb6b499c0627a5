"""What a valid record is: files read once, held to one schema, in typed frames."""

from analysis.record import beginning, dated
from analysis.record.descriptor import schema
from analysis.record.frames import Record
from analysis.record.loading import load, read
from analysis.record.problems import DataError, Problem, flaws

__all__ = [
    "DataError",
    "Problem",
    "Record",
    "beginning",
    "dated",
    "flaws",
    "load",
    "read",
    "schema",
]
