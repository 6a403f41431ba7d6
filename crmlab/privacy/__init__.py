"""Personal data: recognised and masked before it is shown or exported."""

from .masking import KINDS, find_personal, mask, mask_email, mask_name, mask_number, mask_rows, personal_kind

__all__ = ["KINDS", "find_personal", "mask", "mask_email", "mask_name", "mask_number", "mask_rows", "personal_kind"]
