"""Which question comes next: decision trees as data, and the pure functions that walk them."""
