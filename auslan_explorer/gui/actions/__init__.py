"""Actions: their declaration, their `QAction`s, and the menus, toolbar and buttons made of them."""
