"""Evidence per place, assessment, decision."""
