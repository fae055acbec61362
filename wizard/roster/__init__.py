"""Reading what a student information system exports, and bringing it into the records."""
