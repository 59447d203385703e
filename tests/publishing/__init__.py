"""What reaches the disk and the web: gzip siblings, whole folders, ``publish``."""
