"""The rules of the linter: each is a function from a survey of the library to findings."""
