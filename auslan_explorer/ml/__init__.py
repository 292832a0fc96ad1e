"""Keras: building and training the networks. The only package that imports TensorFlow."""
