"""Invented schools, answers and dialogues, for trying the product."""
