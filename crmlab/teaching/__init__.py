"""What a lecturer runs: exercises are written, built, handed out and marked here."""
