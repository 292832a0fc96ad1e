"""Actions declared once: what one is, the `QAction` of each, menus and toolbars made of them."""
