"""The 3-D scatter of paths; README.md beside this says who draws when."""
