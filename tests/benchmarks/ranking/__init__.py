"""Passerelle beside other rankers, on the same vectors of the same judged sets, in one run."""
