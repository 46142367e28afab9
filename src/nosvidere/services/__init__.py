"""The social services' own side: receive, accept, follow up."""
