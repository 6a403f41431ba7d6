"""Papers assembled from Results: a consultant's proposal, a board paper, or any other, as files that people open.

A paper is chapters; a chapter is text, lists, tables and :class:`Finding` s: a Result and what it means in one
sentence. Out come HTML (a document, slides), DOCX, PPTX and XLSX, in Indonesian or English: :class:`Paper`. What a
proposal and a board paper must hold: :func:`proposal`, :func:`board_paper`, :func:`rubric`.
"""

from ...lazy import attach

_PARTS = {
    "Chapter": "parts",
    "Finding": "parts",
    "Paper": "paper",
    "board_paper": "kinds",
    "proposal": "kinds",
    "rubric": "kinds",
    "words": "parts",
}
__all__ = list(_PARTS)

__getattr__, __dir__ = attach(__name__, _PARTS)
