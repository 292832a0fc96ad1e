"""Drawing without widgets: scene, raster, labels, axes, vector output, film. Shared by window and command line."""
