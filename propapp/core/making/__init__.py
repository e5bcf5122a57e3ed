"""A file that somebody asked for and the house makes in the background, to be fetched for a while.

The row is the truth: it says who asked, how far it is and what came of it. A file stands under its
name only when it is whole, so that whoever is killed midway leaves nothing half behind.
"""
