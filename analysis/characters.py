"""Find the characters that no reader of a text can see.

Data, documents and exports share this one answer. A list of such characters would have gaps, so
Unicode properties decide: control, format, private-use, surrogate and unassigned characters, line
and paragraph separators, every character with the property ``Default_Ignorable_Code_Point``, and
the replacement characters U+FFFC and U+FFFD. The joiners of Persian words and of emoji are among
them, since the record and its sources are in English.
"""

import unicodedata
from collections.abc import Container

import regex

UNSEEN = regex.compile(r"[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\uFFFC\uFFFD]")
# A wrong encoding leaves U+0080 to U+009F in place of quotation marks and dashes, a custom font
# private-use characters in place of letters, and U+FFFD stands for what could not be decoded.
LOST_CHARACTERS = regex.compile(
    r"(?!\p{Default_Ignorable_Code_Point})[\x80-\x84\x86-\x9F\p{Co}\p{Cn}\p{Cs}\uFFFD]"
)
CATEGORY_NAMES = {"Cc": "CONTROL", "Co": "PRIVATE USE", "Cs": "SURROGATE", "Cn": "UNASSIGNED"}


def unseen(text: str, *, allowed: Container[str] = ()) -> list[str]:
    """Return the characters of a text that a reader cannot see or cannot know.

    Parameters
    ----------
    text : str
        Any text.
    allowed : container of str
        Characters that are accepted all the same, such as ``"\\n\\t"``.

    Returns
    -------
    list of str
        Each of these characters once, in the order of their first appearance.

    >>> [name(character) for character in unseen("a\\u200bb\\u202ec\\u200b\\n", allowed="\\n")]
    ['U+200B ZERO WIDTH SPACE', 'U+202E RIGHT-TO-LEFT OVERRIDE']
    """
    if text.isascii() and text.isprintable():
        return []
    return [match for match in dict.fromkeys(UNSEEN.findall(text)) if match not in allowed]


def name(character: str) -> str:
    """Return the code point and the name of a character, for messages.

    >>> name("\\u202e"), name("\\x07"), name("\\ue000")
    ('U+202E RIGHT-TO-LEFT OVERRIDE', 'U+0007 CONTROL', 'U+E000 PRIVATE USE')
    """
    kind = CATEGORY_NAMES.get(unicodedata.category(character), "UNNAMED")
    return f"U+{ord(character):04X} {unicodedata.name(character, kind)}"
