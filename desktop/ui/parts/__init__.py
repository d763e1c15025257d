"""Pieces that every area is made of: lists, banners, choices, problems."""
