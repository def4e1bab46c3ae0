"""The languages: what the program can say, each language's words, and a pseudo-language that finds what escaped."""
