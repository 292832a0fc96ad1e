"""What a person may choose, where it is kept, and the page that asks."""
