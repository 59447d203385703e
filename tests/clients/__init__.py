"""Calendar programs as their sources and vendors describe them: what each shows of a feed, and when it goes wrong.

They share no code with what writes the feeds. Each says in its first lines where its rules come from: a row or a
section of feeds.md, the project's study of feeds and the programs that read them, and the source or document read.
What is not known of a program is not modelled.
"""
