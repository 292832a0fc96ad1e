"""The list of signs: search, groups, hand usage."""
