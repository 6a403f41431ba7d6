"""crmlab: the workbench on which CRM is learned, taught and practised with data."""

__version__ = "0.1.0"
