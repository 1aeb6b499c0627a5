"""What a valid record is: one reading of every file, held to one schema, as typed frames."""

from analysis.record import dated
from analysis.record.descriptor import schema
from analysis.record.frames import Record
from analysis.record.loading import load, read
from analysis.record.problems import DataError, Problem, flaws

__all__ = ["DataError", "Problem", "Record", "dated", "flaws", "load", "read", "schema"]
