"""Builds and trains the networks with Keras. The only package that imports TensorFlow."""
