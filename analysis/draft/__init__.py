"""Suggest a coded record of another meeting of this kind, by rules on words.

The rooms: `structure` (what each paragraph is for), `panels`, `subjects` (with whom a paragraph begins), `attendance` (the
meeting, who took part), `speakers`, `statements`, `acts`, `observations`, `quantities`, `instruments`, `suggest` (gists,
themes, categories), `words` and `verbs` (what rules are made of); `assembly` puts the tables together, `folder` writes them,
`many` does so for many files, `scoring` compares a draft with a record made by hand.
"""

from analysis.draft.assembly import draft
from analysis.draft.folder import write
from analysis.draft.many import Drafted, Task, folders
from analysis.draft.scoring import met, score

__all__ = ["Drafted", "Task", "draft", "folders", "met", "score", "write"]
