"""One page in, its records out: no files, no network, no clock; one folder a stage."""
