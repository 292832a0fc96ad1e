"""The sign list: search, groups and hand usage."""
