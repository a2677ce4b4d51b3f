"""The accessibility statement, made from what the tests have tried and found."""
