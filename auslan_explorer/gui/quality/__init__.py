"""How far a map can be trusted: quality and stability docks, ensembles."""
