"""How Sphinx builds the user guide; `tools/build_guide.py` runs it."""

from auslan_explorer import __version__

project = "Auslan Explorer"
author = "Auslan Explorer contributors"
copyright = "2026, " + author
version = release = __version__
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["README.md"]
myst_heading_anchors = 3
# Files outside the guide, in the checkout, are named in the formats' own pages.
suppress_warnings = ["myst.xref_missing", "myst.header"]
html_theme = "furo"
html_title = "Auslan Explorer " + version
html_show_sourcelink = False
html_copy_source = False
html_favicon = "../../resources/icons/auslan-explorer-32.png"
html_logo = "../../resources/icons/auslan-explorer-64.png"
pygments_style = "friendly"
pygments_dark_style = "github-dark"
