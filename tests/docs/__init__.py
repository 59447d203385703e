"""What the tests of the documentation share: reading pages, running what they show, reading keys from the code."""
