"""YAML text to typed fields with line and column; the one place errors are formatted."""
