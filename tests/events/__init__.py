"""What events start: chains of duties that were missed, and banks."""
