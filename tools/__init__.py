"""Steps that a person takes, and what `make` calls."""
