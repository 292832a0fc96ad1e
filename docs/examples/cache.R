# Writes an activation cache from R, with the package hdf5r.
# Run: Rscript docs/examples/cache.R walks.h5
library(hdf5r)

set.seed(0)
length <- as.integer(20:31)
units <- 8L
states <- matrix(tanh(rnorm(sum(length) * units)), nrow = units) # a column for each step: HDF5 turns it round

file <- H5File$new(commandArgs(trailingOnly = TRUE)[1], mode = "w")
h5attr(file, "format") <- "auslan-explorer-activations"
h5attr(file, "version") <- 1L
h5attr(file, "steps") <- max(length)
h5attr(file, "units") <- units
file[["hidden_states"]] <- states
recordings <- file$create_group("recordings")
recordings[["length"]] <- length
recordings[["sign"]] <- rep(c(0L, 1L), 6)
signs <- file$create_group("signs")
signs[["key"]] <- c("walk", "run")
file$close_all()
