"""Interchangeable nearest-neighbour indexes behind one protocol and one contract suite."""
