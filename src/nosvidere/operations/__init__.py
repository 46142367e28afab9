"""Operations, shifts, fronts, teams, visits: the plan."""
