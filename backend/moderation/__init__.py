"""What operators decide of records before, and after, the public sees them."""
