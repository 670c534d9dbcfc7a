"""From a match to what comes of it: who meets whom, what is said, how it ends."""
