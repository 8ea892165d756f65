"""What is on record, as plain JSON values: for whoever looks from outside. Nothing here changes anything."""
