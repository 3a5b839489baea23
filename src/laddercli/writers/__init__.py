"""From pages of blocks to text, one module for each format."""
