"""How good answers are, by a set of questions whose answers are known."""
