"""What solutions and needs share: fields, filters, pages, changes."""
