"""What a call means in this district, and what is kept of it."""
