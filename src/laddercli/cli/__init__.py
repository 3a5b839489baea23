"""The command line: a thin module for each command. A command reads, calls the library, prints and returns."""
