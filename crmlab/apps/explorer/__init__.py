"""The cube explorer: PT XYZ's cube, or the reader's own sales, in the explorer of :mod:`crmlab.widgets`."""
