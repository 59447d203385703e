"""Other languages than English: dates, plurals, catalogues, and the sentences the program makes.

Everything below speaks English, the language of the agreements it quotes. A language is put on at the end: each text
of a mail is looked up, or recognised by its form and said anew. What nobody has translated stays English, marked so.
"""
