"""Quality of a map: its metrics, its stability over retraining, and ensembles."""
