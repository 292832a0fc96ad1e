"""Records hidden states where a network lives, of PyTorch and Keras models and of arrays, with NumPy and h5py alone."""
