"""The widgets that every screen is made of; each is plain Qt in the clothes of the theme.

A screen imports them from their own modules: the shell of the window is painted before lists and fields are loaded.
"""
