"""Removes the permission checks of the site one by one, and sees whether a test fails."""
