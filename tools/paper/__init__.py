"""The paper forms of the built book: the report, the briefing, a sheet for each speaker.

The built pages are read as nodes (`reading`, `columns`, `book`); tables of the package are added
for the briefing and the sheets (`sheets`); Typst sets them all (`typesetting` and the templates).
"""
