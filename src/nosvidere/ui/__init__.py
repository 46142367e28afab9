"""The design system: components, widgets, tokens, the security headers; it knows no other app."""
