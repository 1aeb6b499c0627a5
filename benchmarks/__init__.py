"""What is measured: run `make bench`."""
