"""Help offers and sealed referrals; the police side keeps counts only."""
