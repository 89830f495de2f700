"""The command line: one file for each command; it parses input, calls one function and prints."""
