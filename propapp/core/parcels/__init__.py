"""Parcels: what a phone could not send, in one file that only this house can open."""
