"""Three Django sites from one code base, and the command line that starts them."""
