"""Letters: written with what they tell of, sent afterwards."""
