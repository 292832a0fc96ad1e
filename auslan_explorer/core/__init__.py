"""Arrays and plain values: recordings, networks, hidden states, projections, session. No Qt, no Keras, no files."""
