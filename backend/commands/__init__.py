"""The verbs of the command line, one file each. Heavy libraries are imported when used."""
