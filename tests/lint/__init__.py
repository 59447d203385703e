"""What the linter finds, in feeds with a planted fault, in the samples of two libraries, and over HTTP."""
